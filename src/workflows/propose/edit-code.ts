import { editValues } from '../../core/iac/edit-values.js'
import { proveEdit } from '../../core/iac/prove-edit.js'
import type { EditableProperty, EditValue, FileSet, GroupAddress, Refused } from '../../core/model/code.js'
import type { Settings } from '../../core/model/configuration.js'
import type { Group } from '../../core/model/group.js'
import type { ProvedEdit } from '../../core/proposal/proof-lines.js'
import type { CodeParsers } from '../deps.js'

export type CodeChange = { readonly kind: 'edited'; readonly files: FileSet; readonly proof: ProvedEdit } | Refused

export interface CodeChangeRequest {
  readonly files: FileSet
  readonly address: GroupAddress
  readonly group: Group
  readonly from: Settings
  readonly to: Settings
}

/**
 * The smallest edit that brings the settings into the code, proved: both texts of each changed file are read by a
 * second parser, and exactly the edited values differ. Whatever cannot be edited or proved is a refusal.
 */
export async function editCode(parsers: CodeParsers, request: CodeChangeRequest): Promise<CodeChange> {
  const syntax = await parsers.syntax()
  const { files, address, group, from, to } = request
  const changes = (Object.keys(to) as EditableProperty[]).map((property) => ({
    property,
    live: from[property] as EditValue,
    wanted: to[property] as EditValue,
  }))
  const outcome = editValues({ files, address, changes, context: { environment: group.environment } }, syntax)
  if (outcome.kind === 'refused') return outcome

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
  return { kind: 'edited', files: outcome.files, proof: { edits: outcome.edits, valuesCompared } }
}

function unproved(edits: ProvedEdit['edits'], why: string): Refused {
  const by = edits.map((edit) => `${edit.file}:${edit.line} → ${edit.after.trim()}`).join(', ')
  return {
    kind: 'refused',
    reason: 'unproved',
    sites: edits.map((edit) => ({ file: edit.file, line: edit.line, text: edit.before })),
    hint: `${by} (${why})`,
  }
}
