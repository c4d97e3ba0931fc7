import { expect, it } from '@jest/globals'
import { journalOpenAdvice } from '../../../src/workflows/engine/journal-open-advice.js'
import { downOf, scaleUpOf } from '../../core/decision/builders.js'

it('writes a line for each type, priority and state of the open advice of an environment', () => {
  const lines: unknown[] = []
  const journal = {
    outcome: (message: string, fields: object) => void lines.push({ message, ...fields }),
    failure: () => undefined,
  }
  journalOpenAdvice(journal, 'production', [
    scaleUpOf(),
    scaleUpOf({ id: 'up-2' }),
    downOf({ priority: 'LOW', change: { state: 'proposed' } }),
    downOf({ status: 'COMPLETED' }),
    downOf({ environment: 'staging' }),
  ])
  const message = 'recommendations open'
  const environment = 'production'
  expect(lines).toEqual([
    { message, environment, type: 'SCALE_UP', priority: 'HIGH', state: 'recorded', count: 2 },
    { message, environment, type: 'SCALE_DOWN', priority: 'LOW', state: 'proposed', count: 1 },
  ])
})
