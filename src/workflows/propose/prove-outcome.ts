import { proveEdit } from '../../core/iac/prove-edit.js'
import type { Edited, FileSet, Refused } from '../../core/model/code.js'
import type { CodeParsers } from '../deps.js'

export type ProvedOutcome = { readonly kind: 'proved'; readonly valuesCompared: number } | Refused

/**
 * Proves an edit: both texts of each changed file are read by a second parser, and exactly the edited values may differ.
 * What cannot be proved is a refusal that says what to type by hand.
 */
export async function proveOutcome(
  parsers: Pick<CodeParsers, 'valuesOf'>,
  files: FileSet,
  outcome: Edited,
): Promise<ProvedOutcome> {
  let valuesCompared = 0
  for (const [file, after] of outcome.files) {
    const edits = outcome.edits.filter((edit) => edit.file === file)
    const proof = proveEdit(
      await parsers.valuesOf(file, files.get(file) ?? ''),
      await parsers.valuesOf(file, after),
      edits,
    )
    if (proof.kind === 'unproved') return unproved(edits, proof.why)
    valuesCompared += proof.valuesCompared
  }
  return { kind: 'proved', valuesCompared }
}

function unproved(edits: Edited['edits'], why: string): Refused {
  const by = edits.map((edit) => `${edit.file}:${edit.line} → ${edit.after.trim()}`).join(', ')
  return {
    kind: 'refused',
    reason: 'unproved',
    sites: edits.map((edit) => ({ file: edit.file, line: edit.line, text: edit.before })),
    hint: `${by} (${why})`,
  }
}
