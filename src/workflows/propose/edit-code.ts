import { editValues } from '../../core/iac/edit-values.js'
import type { EditableProperty, EditValue, FileSet, Refused } from '../../core/model/code.js'
import type { Settings } from '../../core/model/configuration.js'
import type { Group } from '../../core/model/group.js'
import type { ProvedEdit } from '../../core/proposal/proof-lines.js'
import type { CodeParsers, Deps } from '../deps.js'
import type { CodeOfGroup } from '../estate/estate.js'
import { editContextOf } from './edit-context-of.js'
import { proveOutcome } from './prove-outcome.js'

export type CodeChange = { readonly kind: 'edited'; readonly files: FileSet; readonly proof: ProvedEdit } | Refused

export interface CodeChangeRequest {
  readonly code: Extract<CodeOfGroup, { kind: 'found' }>
  readonly group: Group
  readonly from: Settings
  readonly to: Settings
}

/**
 * The smallest edit that brings the settings into the code, proved: both texts of each changed file are read by a
 * second parser, and exactly the edited values differ. Whatever cannot be edited or proved is a refusal.
 */
export async function editCode(
  deps: CodeParsers & Pick<Deps, 'stacks'>,
  { code, group, from, to }: CodeChangeRequest,
): Promise<CodeChange> {
  const { address, repository } = code
  const { files } = repository
  const [syntax, context] = await Promise.all([deps.syntax(), editContextOf(deps, code, group)])
  const changes = (Object.keys(to) as EditableProperty[]).map((property) => ({
    property,
    live: from[property] as EditValue,
    wanted: to[property] as EditValue,
  }))
  const outcome = editValues({ files, address, changes, context }, syntax)
  if (outcome.kind === 'refused') return outcome

  const proof = await proveOutcome(deps, files, outcome)
  if (proof.kind === 'refused') return proof
  const { edits, trail, where } = outcome
  const { valuesCompared } = proof
  return {
    kind: 'edited',
    files: outcome.files,
    proof: { address: address.address, where, way: trail, edits, valuesCompared },
  }
}
