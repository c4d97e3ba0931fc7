import { afterAll, describe, expect, it } from '@jest/globals'
import { type Answer, type Machine, runStateMachine } from '../support/run-state-machine.js'
import { createBench, synthesize } from '../support/synthesize.js'
import { resourcesOf } from '../support/template.js'

const bench = createBench()
afterAll(bench.close)

const [stateMachine] = resourcesOf(synthesize(bench.app()), 'AWS::StepFunctions::StateMachine')
const machine: Machine = JSON.parse(stateMachine.DefinitionString)

interface Asked {
  readonly task: string
  readonly place?: { readonly account: string; readonly region: string }
  readonly token?: string
  readonly groups?: readonly string[]
}

/** Runs the analysis over a fleet; gives the calls of the functions in order, as one line each. */
async function callsOf(answers: (asked: Asked) => unknown): Promise<readonly string[]> {
  const calls: string[] = []
  const answer: Answer = (arn, payload) => {
    const { task, place, token, groups } = payload as Asked
    const what = [task, place && `${place.account}/${place.region}`, token, groups?.join('+')]
    calls.push(`${arn.split('-').at(-1)}: ${what.filter((part) => part !== undefined).join(' ')}`)
    return answers(payload as Asked)
  }
  await runStateMachine(machine, {}, answer)
  return calls
}

const own = { account: 'self', region: 'us-east-1' }
const member = { account: '111122223333', region: 'eu-west-1' }
const done = { analysed: 1, failed: [], unfinished: [] }

describe('the analysis of a whole fleet', () => {
  it('lists each place page by page, analyses batches, and then starts the engine once', async () => {
    const calls = await callsOf(({ task, place, token }) => {
      if (task === 'places') return { places: [own, member] }
      if (task === 'list' && place?.account === 'self')
        return token ? { place, batches: [['c']] } : { place, batches: [['a', 'b']], token: 'page-2' }
      if (task === 'list') return { place, batches: [['m']] }
      return done
    })
    expect(calls).toEqual([
      'analyzer: places',
      'analyzer: list self/us-east-1',
      'analyzer: analyze a+b',
      'analyzer: list self/us-east-1 page-2',
      'analyzer: analyze c',
      'analyzer: list 111122223333/eu-west-1',
      'analyzer: analyze m',
      'engine: optimize',
    ])
  })

  it('goes on without a place and a batch that fail', async () => {
    const calls = await callsOf(({ task, place, groups }) => {
      if (task === 'places') return { places: [member, own] }
      if (place?.account === member.account) throw new Error('AccessDenied')
      if (groups?.includes('poison')) throw new Error('out of memory')
      return task === 'list' ? { place, batches: [['poison'], ['a']] } : done
    })
    expect(calls).toEqual([
      'analyzer: places',
      'analyzer: list 111122223333/eu-west-1',
      'analyzer: list self/us-east-1',
      'analyzer: analyze poison',
      'analyzer: analyze a',
      'engine: optimize',
    ])
  })

  it('sends what a call left unfinished into another, five rounds at most', async () => {
    const calls = await callsOf(({ task, place, groups }) => {
      if (task === 'places') return { places: [own] }
      if (task === 'list') return { place, batches: [['slow', 'quick'], ['stuck']] }
      return {
        ...done,
        unfinished: groups?.filter((name) => name === 'stuck' || (name === 'slow' && groups.length > 1)),
      }
    })
    expect(calls.slice(2)).toEqual([
      'analyzer: analyze slow+quick',
      'analyzer: analyze slow',
      ...Array.from({ length: 5 }, () => 'analyzer: analyze stuck'),
      'engine: optimize',
    ])
  })

  it('fans out by distributed maps, so that neither history nor payload grows with the fleet', () => {
    const places = machine.States['Each place']
    const batches = places?.ItemProcessor.States['Each batch']
    for (const map of [places, batches])
      expect(map).toMatchObject({ ResultPath: null, ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' } } })
  })
})
