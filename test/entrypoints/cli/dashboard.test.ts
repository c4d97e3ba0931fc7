import { afterEach, describe, expect, it } from '@jest/globals'
import { Chalk } from 'chalk'
import { dashboardText } from '../../../src/entrypoints/cli/dashboard/dashboard-text.js'
import { type Screen, showLive } from '../../../src/entrypoints/cli/dashboard/live.js'
import { sparkline } from '../../../src/entrypoints/cli/dashboard/sparkline.js'
import { type DashboardDocument, dashboardSchema } from '../../../src/entrypoints/cli/documents/dashboard.js'
import { closeCompanies, startCompany } from '../../e2e/start-company.js'
import { trimtab } from './captured.js'
import { golden } from './golden.js'

const plain = { chalk: new Chalk({ level: 0 }) }

function groupOf(name: string, score: number | null): DashboardDocument['groups'][number] {
  return {
    groupKey: `123456789012/us-east-1/${name}`,
    environment: 'production',
    score: score === null ? null : { value: score, status: 'FAIR' },
    efficiency: score === null ? null : { value: 70.2, status: 'FAIR' },
    cpuTarget: 70,
    cpu: score === null ? Array(72).fill(null) : Array.from({ length: 72 }, (_, at) => at),
    minSize: 2,
    inService: 3,
    desiredCapacity: 4,
    maxSize: 8,
    missing: score === null ? ['no data for CPU'] : [],
  }
}

const document: DashboardDocument = {
  at: '2026-11-27T10:00:00.000Z',
  application: 'macro-ai',
  environment: 'production',
  hours: 6,
  score: Array.from({ length: 72 }, (_, at) => (at % 9 === 0 ? null : at)),
  groups: [groupOf('checkout', 71.2), groupOf('shop-web', 84), groupOf('gappy', null)],
  advice: {
    open: 2,
    byState: [
      { state: 'proposed', count: 1 },
      { state: 'recorded', count: 1 },
    ],
    top: [],
    applied: 1,
    undone: 0,
    ledger: { identified: 300, proposed: 200, merged: 100, verified: 90.5 },
  },
  alarms: {
    prefix: 'macro-ai-production-',
    found: [{ name: 'macro-ai-production-high-cpu-utilization', state: 'ALARM', since: '2026-11-27T09:40:00.000Z' }],
  },
  missing: [],
  faults: [],
}

describe('S48c: the picture of an environment', () => {
  it('has score over time, groups, advice, savings, acts and alarms', () => {
    const text = dashboardText(document, plain)
    expect(text).toBe(golden('dashboard.txt', text))
    expect(dashboardSchema.parse(document)).toEqual(document)
  })

  it('says why where nothing is known', () => {
    const missing = ['the table: there is none', 'alarms: denied']
    const text = dashboardText({ ...document, groups: [], score: [], advice: null, alarms: null, missing }, plain)
    expect(text).toContain('Score       no data: there is no group')
    expect(text).toContain('no data for the table: there is none')
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })

  it.each([40, 60, 80, 120])('keeps to a screen of %d columns and 24 rows', (columns) => {
    const groups = Array.from({ length: 40 }, (_, at) => groupOf(`group-${at}`, 50 + at / 2))
    const lines = dashboardText({ ...document, groups }, { ...plain, columns, rows: 24 }).split('\n')
    expect(lines.filter((line) => line.startsWith('… and'))).toEqual(['… and 37 more groups with better scores'])
    const table = lines.filter((line) => /^[│┌├└]/.test(line))
    if (columns >= 60) expect(Math.max(...table.map((line) => [...line].length))).toBeLessThanOrEqual(columns)
  })

  it('draws averages in as many bars as there is room for, gaps as dots', () => {
    expect(sparkline([0, 50, 100, undefined], 4)).toBe('▁▅█·')
    expect(sparkline([0, 100, null, null], 2)).toBe('▅·')
    expect(sparkline([-5, 900], 10)).toBe('▁█')
    expect(sparkline([], 10)).toBe('')
  })
})

function fakeScreen() {
  const written: string[] = []
  let hear: (key: string) => void = () => {}
  let listening = false
  const screen: Screen = {
    size: () => ({ columns: 80, rows: 10 }),
    write: (text) => void written.push(text),
    listen(to) {
      hear = to
      listening = true
      return () => {
        listening = false
      }
    },
  }
  return { screen, written, press: (key: string) => hear(key), isListening: () => listening }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

describe('the live picture', () => {
  it('is renewed by r, kept with the reason when a look fails, and left by q with the terminal as it was', async () => {
    const { screen, written, press, isListening } = fakeScreen()
    const looks = ['first', new Error('throttled'), 'third']
    let taken = 0
    const look = async () => {
      const next = looks[taken] ?? 'more'
      taken += 1
      if (next instanceof Error) throw next
      return () => `${next}\n`
    }
    const showing = showLive({ screen, look, refreshMs: 3_600_000 })
    await until(() => written.some((text) => text.includes('first')))
    press('r')
    await until(() => written.some((text) => text.includes('first') && text.includes('throttled')))
    press('r')
    await until(() => written.some((text) => text.includes('third') && !text.includes('throttled')))
    press('resize')
    expect(written.at(-1)).toContain('third')
    press('q')
    await showing
    expect(written[0]).toBe('\u001b[?1049h\u001b[?25l')
    expect(written.at(-1)).toBe('\u001b[?25h\u001b[?1049l')
    expect(isListening()).toBe(false)
  })

  it('is left by Ctrl-C too, and never draws more lines than there are', async () => {
    const { screen, written, press } = fakeScreen()
    const showing = showLive({ screen, look: async () => () => 'line\n'.repeat(50), refreshMs: 1_000 })
    await until(() => written.some((text) => text.includes('line')))
    press('\u0003')
    await showing
    expect(Math.max(...written.map((text) => text.split('\n').length))).toBeLessThanOrEqual(10)
  })
})

describe('trimtab dashboard, over HTTP', () => {
  afterEach(closeCompanies)

  it('shows a world with its alarms, and says what it cannot read', async () => {
    const company = await startCompany({ roles: ['overProvisioned', 'gappy'] })
    await company.run()
    const env = { ...company.sandbox.environment }
    const look = (...args: readonly string[]) => trimtab(['dashboard', ...args], env)
    const { code, out } = await look('--json')
    const shown = dashboardSchema.parse(JSON.parse(out))
    expect(code).toBe(0)
    expect(shown.groups.map(({ groupKey }) => groupKey.split('/')[2])).toEqual([
      'kestrel-telemetry-intake',
      'kestrel-storefront',
    ])
    expect(shown.advice?.top[0]).toMatchObject({ changeState: 'proposed' })
    expect(shown.alarms?.found).toEqual([])

    const once = await look('--once')
    expect(once.out).toContain('none found whose name begins with macro-ai-production-')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
    expect(once.out).not.toMatch(/\u001b/)

    await company.fault({ operation: 'cloudwatch:DescribeAlarms', kind: 'denied', times: 1 })
    expect((await look('--once')).out).toContain('no data for alarms:')
    const wrong = await look('--environment', 'nowhere')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('production (2)')
  }, 240_000)

  it('shows the rest where there is no table', async () => {
    const company = await startCompany({ roles: ['wellSized'] })
    const env = { ...company.sandbox.environment, TRIMTAB_TABLE: 'not-there' }
    const { code, out } = await trimtab(['dashboard', '--once'], env)
    expect(code).toBe(0)
    expect(out).toContain('there is no table not-there')
    expect(out).toContain('kestrel-bookings')
  }, 240_000)
})
