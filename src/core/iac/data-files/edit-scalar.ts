import type { CodeSite, EditOutcome, FileSet, Refused } from '../../model/code.js'
import { changesArchitecture } from '../architecture.js'
import type { EditsRequest, ScalarChange } from '../edit-request.js'
import { generatedSite } from '../generated.js'
import { readJson } from '../json-reader.js'
import { refused } from '../refusal.js'
import { type Replacement, splice } from '../splice.js'
import type { DataNode, Syntax, SyntaxFault } from '../syntax.js'
import { siteAt } from '../text-lines.js'
import { sameScalar, writtenAs } from '../written-value.js'

/** Reads a data file as JSON or YAML. */
export function readData(file: string, text: string, syntax: Syntax): DataNode | SyntaxFault {
  return file.endsWith('.json') ? readJson(text) : syntax.yaml(text)
}

/** A file that several environments deploy holds the values of all of them; undefined when that is not known to be so. */
export function severalEnvironments(
  { files, context }: EditsRequest,
  file: string,
  node: DataNode,
): Refused | undefined {
  if (context?.environments === undefined || context.environments.length < 2) return undefined
  return refused('shared-by-several-groups', [siteAt(files, file, node.start)])
}

/** One scalar of a data file and what it is to become. */
export interface PlacedScalar {
  readonly file: string
  readonly node: DataNode
  readonly change: ScalarChange
}

/** The edit of scalars of data files, all or none, after the objections that each meets on its own. */
export function editScalars(files: FileSet, placed: readonly PlacedScalar[], where: string): EditOutcome {
  const answers = placed.map((one) => replacementOf(files, one))
  const telling = (answer: Replaced | Refused): answer is Refused =>
    answer.kind === 'refused' && (answer.reason !== 'no-change' || answers.every((one) => one.kind === 'refused'))
  const refusal = answers.find(telling)
  if (refusal) return refusal
  const made = answers.flatMap((answer) => (answer.kind === 'replaced' ? [answer] : []))
  const replacements = made.map(({ replacement }) => replacement)
  return { kind: 'edited', ...splice(files, replacements), trail: made.map(({ site }) => site), where }
}

interface Replaced {
  readonly kind: 'replaced'
  readonly replacement: Replacement
  readonly site: CodeSite
}

function replacementOf(files: FileSet, { file, node, change }: PlacedScalar): Replaced | Refused {
  const site = siteAt(files, file, node.start)
  const advice = `By hand: ${file}:${site.line} → \`${change.wanted}\``
  const generated = generatedSite(files, file)
  if (generated) return refused('generated', [generated])
  if (node.kind !== 'scalar' || node.tag !== undefined || node.quote === 'block' || node.value === null)
    return refused('computed', [site], advice)
  if (change.live !== undefined && !sameScalar(node.value, change.live)) {
    return refused('drift', [site], `The live value is ${change.live}, the code says ${node.value}`)
  }
  if (sameScalar(node.value, change.wanted)) return refused('no-change', [site])
  if (changesArchitecture(change, node.value)) return refused('architecture', [site], advice)
  const inset = node.quote === '' ? 0 : 1
  const [start, end] = [node.start + inset, node.end - inset]
  const newText = writtenAs((files.get(file) ?? '').slice(start, end), change.wanted)
  return newText === undefined
    ? refused('computed', [site], advice)
    : { kind: 'replaced', replacement: { file, start, end, newText }, site }
}
