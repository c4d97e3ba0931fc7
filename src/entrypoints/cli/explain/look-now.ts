import { decide } from '../../../core/decision/decide.js'
import { TrimtabError } from '../../../core/model/errors.js'
import type { Basis } from '../../../workflows/analyse/group-analysis.js'
import type { Deps } from '../../../workflows/deps.js'
import { decisionInputOf } from '../../../workflows/engine/decide-recommendations.js'
import { inputsOf } from '../../../workflows/inputs/inputs-of.js'
import { analysePass } from '../../../workflows/pass/analyse-pass.js'
import type { Explained } from './explanation.js'

/** One group as a run would judge it now. Reads only. */
export async function lookNow(deps: Deps, name: string): Promise<Explained> {
  let basis: Basis | undefined
  const pass = await analysePass(deps, (_, seen) => {
    basis = seen
  })
  const [fault] = pass.faults
  if (fault) throw fault.error
  const [analysis, second] = pass.groups
  if (!analysis || !basis) throw new TrimtabError('not-found', `There is no Auto Scaling group ${name}.`)
  if (second) {
    const regions = pass.groups.map(({ group }) => group.region).join(', ')
    throw new TrimtabError('usage', `${name} is in several regions: ${regions}; give one --region`)
  }
  const recommendations = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const decisions = await Promise.all(
    pass.recommendations.map(async (recommendation) => {
      const open = { recommendations, now: pass.at }
      const { now, ...input } = await decisionInputOf(deps, analysis, recommendation, open)
      return { at: now.toISOString(), input, decision: decide({ ...input, now }) }
    }),
  )
  return {
    from: 'a look now',
    inputs: inputsOf(analysis, basis, pass.at),
    hold: analysis.hold,
    decisions,
    stored: new Set(recommendations.map(({ id }) => id)),
  }
}
