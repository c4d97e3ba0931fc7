import { relevantCatalogue } from '../../core/planning/relevant-catalogue.js'
import type { Basis, GroupAnalysis } from '../analyse/group-analysis.js'
import type { CodeOfGroup } from '../estate/estate.js'
import type { CodePlace, Inputs } from './inputs.js'

/** What one analysis was computed from, and what came out. */
export function inputsOf(analysis: GroupAnalysis, { signals, catalogue }: Basis, at: Date): Inputs {
  const { group, policy, code, scored, advice } = analysis
  return {
    at: at.toISOString(),
    group,
    policy,
    catalogue: relevantCatalogue(group, catalogue),
    signals,
    code: placeOf(code),
    scored,
    advice,
  }
}

function placeOf(code: CodeOfGroup): CodePlace {
  if (code.kind === 'missing') return { kind: 'missing', why: code.why }
  return { kind: 'found', repository: code.repository.name, address: code.address }
}
