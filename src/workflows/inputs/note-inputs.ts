import type { Policy } from '../../core/model/policy.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { recordingRules } from '../../core/model/recording.js'
import { dayMs, type IsoTime } from '../../core/model/units.js'
import type { Deps } from '../deps.js'
import { inputsVersion, type PackedInputs } from './pack-inputs.js'

/** The head of noted inputs; their text is in notes of its own, `inputs#<changeId>#<n>` from 1 on. */
export interface InputsHead {
  readonly version: number
  readonly at: IsoTime
  readonly windowEndAt: IsoTime
  /** The advised settings, to see when they change. */
  readonly to: string
  readonly parts: number
}

export interface InputsPart {
  readonly windowEndAt: IsoTime
  readonly text: string
}

/** A row of DynamoDB may have 400 KB; keys and the JSON around take little. */
const partLength = 350_000
/** The same advice moves a little with every pass: its inputs are noted again once a day, which keeps the bill small. */
const renewedAfterMs = dayMs
/** Notes outlive the row of an ended change, which itself is kept for as long as a no holds. */
const slackMs = 40 * dayMs

/** One recommendation with what it was computed from. */
export interface AdviceInputs {
  readonly recommendation: Recommendation
  /** The end of the window that these inputs cover. */
  readonly windowEndAt: IsoTime
  /** Called only where the note is to be written: packing takes longer than planning. */
  readonly packed: () => PackedInputs
  readonly policy: Pick<Policy, 'pullRequests'>
  readonly at: Date
}

export function inputsKey(changeId: string): string {
  return `inputs#${changeId}`
}

/**
 * Notes what a recommendation was computed from, for `explain` and `replay`. Nothing is written where the stored
 * numbers are older than these inputs (a change under way keeps those it began with). A fault is told in the journal
 * only: advice counts without them too.
 */
export async function noteInputs(
  deps: Pick<Deps, 'notebook' | 'journal'>,
  { recommendation, windowEndAt, packed, policy, at }: AdviceInputs,
): Promise<void> {
  const { changeId, evidence } = recommendation
  if (evidence.windowEndAt !== windowEndAt) return
  const to = JSON.stringify(recommendation.to)
  try {
    const noted = await deps.notebook.read<InputsHead>(inputsKey(changeId))
    if (noted && isFresh(noted, to, at)) return
    const inputs = packed()
    const head = { version: inputs.version, at: inputs.at, windowEndAt, to }
    const texts = partsOf(JSON.stringify(inputs))
    const expiresAt = keptUntil(at, policy)
    for (const [index, text] of texts.entries()) {
      const part: InputsPart = { windowEndAt, text }
      await deps.notebook.write(`${inputsKey(changeId)}#${index + 1}`, part, expiresAt)
    }
    await deps.notebook.write(inputsKey(changeId), { ...head, parts: texts.length } satisfies InputsHead, expiresAt)
  } catch (error) {
    deps.journal.failure('inputs of advice could not be noted', error, { changeId })
  }
}

/** Until when notes on a change of this moment are kept: longer than the row of a change that was declined or ended. */
export function keptUntil(at: Date, { pullRequests }: Pick<Policy, 'pullRequests'>): Date {
  const rowDays = Math.max(pullRequests.declinedDays, recordingRules.closedDays)
  return new Date(at.getTime() + rowDays * dayMs + slackMs)
}

/** Whether a note of `notedAt` is recent enough to stand. */
export function isRecent(notedAt: IsoTime, at: Date): boolean {
  return at.getTime() - Date.parse(notedAt) < renewedAfterMs
}

function isFresh(noted: InputsHead, to: string, at: Date): boolean {
  return noted.version === inputsVersion && noted.to === to && isRecent(noted.at, at)
}

/** Base64 in JSON is ASCII: a character is a byte. */
function partsOf(text: string): readonly string[] {
  const count = Math.ceil(text.length / partLength)
  return Array.from({ length: count }, (_, index) => text.slice(index * partLength, (index + 1) * partLength))
}
