/** What an edit meant to do, as far as the second parser can see it. */
export interface IntendedEdit {
  readonly oldText: string
  readonly newText: string
}

/** The verdict of a proof: `valuesCompared` counts all values of the file. */
export type Proof =
  | { readonly kind: 'proved'; readonly valuesCompared: number }
  | { readonly kind: 'unproved'; readonly why: string }

/**
 * Compares all values of a file before and after an edit, as a second parser read them: exactly as many differ as were
 * meant to, each from its old text to its new one, and no value came or went.
 */
export function proveEdit(before: unknown, after: unknown, intended: readonly IntendedEdit[]): Proof {
  const old = leavesOf(before)
  const now = leavesOf(after)
  if (old.size !== now.size) return { kind: 'unproved', why: `${old.size} values before, ${now.size} after` }
  const open = [...intended]
  for (const [path, text] of old) {
    const next = now.get(path)
    if (next === undefined) return { kind: 'unproved', why: `${path} is gone` }
    if (next === text) continue
    const at = open.findIndex((edit) => replacedIn(text, next, edit))
    if (at < 0) return { kind: 'unproved', why: `${path} differs and was not meant to` }
    open.splice(at, 1)
  }
  if (open.length > 0) return { kind: 'unproved', why: `${open.length} of ${intended.length} values did not change` }
  return { kind: 'proved', valuesCompared: old.size }
}

/** True when one occurrence of the old text became the new one and nothing else changed; numbers by their value. */
function replacedIn(before: string, after: string, { oldText, newText }: IntendedEdit): boolean {
  if (before === scalarText(oldText) && after === scalarText(newText)) return true
  if (after.length - before.length !== newText.length - oldText.length) return false
  let same = 0
  while (same < before.length && before[same] === after[same]) same += 1
  for (let at = Math.max(same - oldText.length, 0); at <= same; at += 1) {
    const head = before.startsWith(oldText, at) && after.startsWith(newText, at)
    if (head && before.slice(at + oldText.length) === after.slice(at + newText.length)) return true
  }
  return false
}

function scalarText(text: string): string {
  return text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text
}

function leavesOf(root: unknown): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>()
  const open: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: root }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value } = next
    if (typeof value !== 'object' || value === null) {
      leaves.set(path, typeof value === 'string' ? value : String(value))
      continue
    }
    const parts = Object.entries(value)
    if (parts.length === 0) leaves.set(path, Array.isArray(value) ? '[]' : '{}')
    for (const [key, part] of parts)
      open.push({ path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, value: part })
  }
  return leaves
}
