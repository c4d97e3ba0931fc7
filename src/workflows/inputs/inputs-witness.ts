import type { GroupKey } from '../../core/model/group.js'
import { relevantCatalogue } from '../../core/planning/relevant-catalogue.js'
import type { Basis, GroupAnalysis, Witness } from '../analyse/analyse-fleet.js'
import type { CodeOfGroup } from '../estate/estate.js'
import type { CodePlace, Inputs } from './inputs.js'
import { type PackedInputs, packInputs } from './pack-inputs.js'

/** A witness that packs what each advised group's advice rests on; groups without advice leave nothing. */
export function inputsWitness(at: Date): {
  readonly witness: Witness
  readonly inputs: ReadonlyMap<GroupKey, PackedInputs>
} {
  const inputs = new Map<GroupKey, PackedInputs>()
  const witness: Witness = (analysis, basis) => {
    if (analysis.advice.length > 0) inputs.set(analysis.group.groupKey, packInputs(inputsOf(analysis, basis, at)))
  }
  return { witness, inputs }
}

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
