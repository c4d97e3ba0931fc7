import { TrimtabError } from '../../core/model/errors.js'
import type { Deps } from '../deps.js'
import type { Inputs } from './inputs.js'
import { decisionKey, decisionVersion, type NotedDecision } from './note-decision.js'
import { type InputsHead, type InputsPart, inputsKey } from './note-inputs.js'
import { inputsVersion, type PackedInputs, unpackInputs } from './pack-inputs.js'

/** What is noted of one change. */
export interface NotedInputs {
  readonly inputs: Inputs
  /** Absent where no run has decided about it, or the note is of another version. */
  readonly decision?: NotedDecision
}

/**
 * The noted inputs of a change; undefined where there are none (any more). Throws `unsupported` where another version
 * noted them, `conflict` where a run was just writing them.
 */
export async function readInputs(
  { notebook }: Pick<Deps, 'notebook'>,
  changeId: string,
): Promise<NotedInputs | undefined> {
  const head = await notebook.read<InputsHead>(inputsKey(changeId))
  if (!head) return undefined
  if (head.version !== inputsVersion) throw otherVersion(changeId, head)
  const parts = await Promise.all(
    Array.from({ length: head.parts }, (_, index) => notebook.read<InputsPart>(`${inputsKey(changeId)}#${index + 1}`)),
  )
  if (parts.some((part) => part?.windowEndAt !== head.windowEndAt)) {
    throw new TrimtabError('conflict', `reading the inputs of ${changeId}: a run is writing newer ones; try again`)
  }
  const inputs = unpackInputs(JSON.parse(parts.map((part) => part?.text).join('')) as PackedInputs)
  const decision = await notebook.read<NotedDecision>(decisionKey(changeId))
  return { inputs, ...(decision?.version === decisionVersion && { decision }) }
}

function otherVersion(changeId: string, { version, at }: InputsHead): TrimtabError {
  const how = version < inputsVersion ? 'an older' : 'a newer'
  return new TrimtabError(
    'unsupported',
    `reading the inputs of ${changeId}: ${how} version of Trimtab recorded them at ${at} (format ${version}, this one reads ${inputsVersion}); the next run records them anew while the advice stands`,
  )
}
