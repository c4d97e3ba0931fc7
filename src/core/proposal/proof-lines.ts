import type { EditProof } from '../model/change.js'
import type { CodeSite, ValueEdit } from '../model/code.js'
import { code, type Markdown, md, own } from './markdown.js'

export interface ProvedEdit {
  readonly address: string
  readonly where: string
  /** From the group to the place that holds the value. */
  readonly way: readonly CodeSite[]
  readonly edits: readonly ValueEdit[]
  /** How many values of the edited files the second parser compared; only the edited ones differ. */
  readonly valuesCompared: number
}

/**
 * Where, from what to what, and that nothing else differs: `env/prod.tfvars:14` `web_min_size` 8 → 5 is the only value
 * of 412 that differs after the edit.
 */
export function proofLines(proof: ProvedEdit): readonly Markdown[] {
  return [wayLine(proof), ...editLines(proof)]
}

/** What is kept of a proof with the change; lines are cut where a file is one line. */
export function proofRecord({ address, where, way, edits, valuesCompared }: ProvedEdit): EditProof {
  const cut = (line: string) => line.slice(0, longestLine)
  return {
    address,
    where,
    edits: edits.map(({ file, line, before, after }) => ({ file, line, before: cut(before), after: cut(after) })),
    way: way.map(({ file, line }) => `${file}:${line}`),
    valuesCompared,
  }
}

const longestLine = 500
const mostSteps = 12

function wayLine({ address, where, way }: ProvedEdit): Markdown {
  const steps = way.slice(0, mostSteps).map(({ file, line }) => code(`${file}:${line}`))
  return md`the way of the value, from ${code(address)}: ${own(steps.join(' → '))} (${own(where.replaceAll('-', ' '))})`
}

function editLines({ edits, valuesCompared }: ProvedEdit): readonly Markdown[] {
  const places = edits.map(editOnPage)
  const [only] = places
  const parser = own('read by a second, independent parser')
  if (only && places.length === 1)
    return [md`${only} is the only value of ${valuesCompared} that differs after the edit, ${parser}`]
  return [...places, md`these are the only values of ${valuesCompared} that differ after the edit, ${parser}`]
}

function editOnPage({ file, line, before, after, oldText, newText }: ValueEdit): Markdown {
  const place = code(`${file}:${line}`)
  const name = nameOf(before, after)
  if (name === undefined) return md`${place} ${code(before.trim())} → ${code(after.trim())}`
  return md`${place} ${code(name)} ${value(oldText)} → ${value(newText)}`
}

/** The key in front of the value that differs; undefined where the line has none. */
function nameOf(before: string, after: string): string | undefined {
  let same = 0
  while (same < before.length && before[same] === after[same]) same++
  return /([\w.-]+)["']?\s*[:=]\s*["']?[\w.-]*$/.exec(before.slice(0, same))?.[1]
}

function value(text: string): Markdown {
  return /^\d+(\.\d+)?$/.test(text) ? own(text) : code(text)
}
