import { editValues } from '../../core/iac/edit-values.js'
import type { EditableProperty, EditValue, FileSet, GroupAddress, Refused } from '../../core/model/code.js'
import type { Settings } from '../../core/model/configuration.js'
import type { Group } from '../../core/model/group.js'
import type { ProvedEdit } from '../../core/proposal/proof-lines.js'
import type { CodeParsers } from '../deps.js'
import { proveOutcome } from './prove-outcome.js'

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

  const proof = await proveOutcome(parsers, files, outcome)
  if (proof.kind === 'refused') return proof
  return { kind: 'edited', files: outcome.files, proof: { edits: outcome.edits, valuesCompared: proof.valuesCompared } }
}
