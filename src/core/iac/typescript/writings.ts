import type { CodeScalar, FileSet } from '../../model/code.js'
import type { Leaf } from '../values.js'
import { writtenAs } from '../written-value.js'
import { familyMember, pulumiTypeMember, sizeMember } from './instance-type-members.js'
import type { ScalarValue } from './program-values.js'

/** What to write at a place; undefined where the wanted value cannot stand there. */
export interface Writing {
  readonly leaf: Leaf
  readonly newText: string | undefined
}

/** The places to change so that a value becomes another one: one literal, or the members of an instance type that differ. */
export function writings(files: FileSet, value: ScalarValue, wanted: CodeScalar): readonly Writing[] {
  const { leaf, members } = value
  if (members !== undefined) return memberWritings(members, String(value.scalar), String(wanted))
  if (leaf === undefined) return []
  const text = (files.get(leaf.place.file) ?? '').slice(leaf.place.start, leaf.place.end)
  if (leaf.where === 'enum-member') return [{ leaf, newText: pulumiTypeMember(String(wanted)) }]
  const made = writtenAs(text, wanted)
  return [
    {
      leaf,
      newText:
        !leaf.quoted && typeof wanted === 'string' && !/\.json$|\.ya?ml$/.test(leaf.place.file) ? undefined : made,
    },
  ]
}

function memberWritings(
  { family, size }: NonNullable<ScalarValue['members']>,
  old: string,
  wanted: string,
): readonly Writing[] {
  const [oldFamily, oldSize] = old.split('.')
  const [newFamily = '', newSize = ''] = wanted.split('.')
  return [
    ...(oldFamily === newFamily ? [] : [{ leaf: family.leaf, newText: familyMember(newFamily, family.member) }]),
    ...(oldSize === newSize ? [] : [{ leaf: size.leaf, newText: sizeMember(newSize) }]),
  ]
}
