import type { CodeScalar } from '../model/code.js'
import type { ScalarChange } from './edit-request.js'

/** True when a change of instance type changes the processor architecture, so that the machine image would have to follow. */
export function changesArchitecture(change: ScalarChange, old: CodeScalar | null): boolean {
  const typed = change.property === 'instanceType' || change.mixKey === 'override'
  return typed && architectureOf(old) !== architectureOf(change.wanted)
}

/** Graviton families carry a g behind their generation (m7g, c6gn); a1 is the first of them. */
function architectureOf(type: CodeScalar | null): string {
  const family = String(type).split('.')[0] ?? ''
  return family === 'a1' || /^[a-z]{1,4}\d{1,2}g/.test(family) ? 'arm64' : 'x86_64'
}
