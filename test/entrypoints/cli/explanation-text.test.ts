import { describe, expect, it } from '@jest/globals'
import { Chalk } from 'chalk'
import { analyse } from '../../../src/core/analysis/analyse.js'
import { decide } from '../../../src/core/decision/decide.js'
import { known, unknown } from '../../../src/core/model/fact.js'
import { plan } from '../../../src/core/planning/plan.js'
import { type Explained, explanationOf } from '../../../src/entrypoints/cli/explain/explanation.js'
import { explanationText } from '../../../src/entrypoints/cli/explain/explanation-text.js'
import type { Inputs } from '../../../src/workflows/inputs/inputs.js'
import { draftRecommendation } from '../../../src/workflows/pass/draft-recommendation.js'
import { openProposeFacts } from '../../core/decision/builders.js'
import { catalogueWith, daily, signalsWith } from '../../core/planning/builders.js'
import { recorded } from '../../core/planning/world.js'
import { cpuTracking, type GroupChange, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { golden } from './golden.js'

const at = new Date('2026-11-23T00:05:00.000Z')
const catalogue = catalogueWith()
const policy = policyOf({ mode: 'propose' })
const chalk = new Chalk({ level: 0 })
const address = {
  kind: 'found',
  format: 'terraform',
  file: 'live/web/main.tf',
  line: 7,
  address: 'aws_autoscaling_group.web',
  rootModule: 'live/web',
} as const

function inputsOf(change: GroupChange, signals?: Inputs['signals']): Inputs {
  const group = groupWith({ minSize: 8, desiredCapacity: 8, scalingPolicies: known([cpuTracking(60)]), ...change })
  const memory = { sharedGiB: 20, perInstanceGiB: 3, perVcpuGiB: 0 }
  const read = signals ?? recorded({ days: 14, vcpus: daily(3, 9), skew: 1.1, memory }, group, catalogue, policy)
  const type = catalogue.types.get('m6i.xlarge')
  const scored = analyse(read, policy, type)
  const { advice } = plan({ group, signals: read, scored, catalogue, policy })
  const code = { kind: 'found', repository: 'shop/infrastructure', address } as const
  return { at: at.toISOString(), group, policy, catalogue, signals: read, code, scored, advice }
}

function lookAt(inputs: Inputs): Explained {
  const decisions = inputs.advice.map((advice) => {
    const input = {
      recommendation: draftRecommendation(advice, at),
      policy,
      propose: openProposeFacts({ openPullRequests: known(5), openedToday: unknown('the table was denied') }),
    }
    return { at: at.toISOString(), input, decision: decide({ ...input, now: at }) }
  })
  return { from: 'a look now', inputs, hold: plan(inputs).hold, decisions, stored: new Set() }
}

const textOf = (explained: Explained) => explanationText(explanationOf(explained), { chalk })

describe('the text of an explanation', () => {
  it('of advice is the golden file', () => {
    const text = textOf(lookAt(inputsOf({})))
    expect(text).toBe(golden('explain-advice.txt', text))
  })

  it('of a group that cannot be judged is the golden file', () => {
    const group = groupWith()
    const signals = signalsWith(group, { memory: daily(30, 40) })
    const text = textOf(lookAt(inputsOf({}, signals)))
    expect(text).toBe(golden('explain-no-data.txt', text))
  })

  it('carries no terminal commands of outside text', () => {
    const text = textOf(lookAt({ ...inputsOf({}), code: { kind: 'missing', why: '\u001b[2J gone\n\u202e' } }))
    expect(text).toContain('not known: [2J gone ')
    expect([...text].filter((mark) => mark === '\u001b' || mark === '\u202e')).toEqual([])
  })
})
