import { loadSyntax } from '../../../src/adapters/parsers/load-syntax.js'
import { provedValues } from '../../../src/adapters/parsers/proved-values.js'
import { editValue } from '../../../src/core/iac/edit-value.js'
import { proveEdit } from '../../../src/core/iac/prove-edit.js'
import type { CodeFormat, EditableProperty, EditContext, EditOutcome, EditValue } from '../../../src/core/model/code.js'

/** One edit on inline files. */
export interface EditCase {
  readonly files: Readonly<Record<string, string>>
  readonly format?: CodeFormat
  readonly group: string
  readonly rootModule?: string
  readonly property: EditableProperty
  readonly live?: EditValue
  readonly wanted: EditValue
  readonly context?: EditContext
}

/** Runs an edit and proves it with the second parser. */
export async function edit(one: EditCase): Promise<EditOutcome> {
  const files = new Map(Object.entries(one.files))
  const format = one.format ?? 'terraform'
  const address = {
    kind: 'found',
    format,
    file: one.context?.template ?? '',
    line: 1,
    address: one.group,
    rootModule: one.rootModule ?? '',
  } as const
  const context = one.context === undefined ? {} : { context: one.context }
  const outcome = editValue(
    { files, address, property: one.property, live: one.live, wanted: one.wanted, ...context },
    await loadSyntax(),
  )
  if (outcome.kind === 'edited') await prove(files, outcome)
  return outcome
}

async function prove(files: ReadonlyMap<string, string>, outcome: EditOutcome & { kind: 'edited' }): Promise<void> {
  for (const [file, text] of outcome.files) {
    const edits = outcome.edits.filter((one) => one.file === file)
    const proof = proveEdit(await provedValues(file, files.get(file) ?? ''), await provedValues(file, text), edits)
    if (proof.kind === 'unproved') throw new Error(`unproved: ${proof.why}`)
  }
}

/** What a reader sees of an outcome: the changed lines, or the reason. */
export function shown(outcome: EditOutcome): string {
  return outcome.kind === 'refused'
    ? outcome.reason
    : outcome.edits.map((one) => `${one.file}:${one.line} ${one.after.trim()}`).join('; ')
}
