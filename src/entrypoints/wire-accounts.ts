import { assumedRole } from '../adapters/aws/assume-role.js'
import { type AccountAccess, type Accounts, byAccount } from '../adapters/aws/by-account.js'
import { createCapacityWriter } from '../adapters/aws/capacity.js'
import { type AwsClients, createAwsClients } from '../adapters/aws/clients.js'
import { createCostSource } from '../adapters/aws/costs.js'
import { createFleet } from '../adapters/aws/fleet.js'
import { keptSignals } from '../adapters/aws/kept-signals.js'
import { createRoster } from '../adapters/aws/roster.js'
import { createSignalSource } from '../adapters/aws/signal-source.js'
import { createStacks } from '../adapters/aws/stacks.js'
import { loadShippedCatalogue } from '../catalogue/shipped-catalogue.js'
import type { Environment } from '../config/environment.js'
import { environmentOf } from '../config/environment-of.js'
import type { MetricHistory } from '../ports/metric-history.js'
import type { Journal } from '../ports.js'
import type { AwsAccess } from './wire-aws.js'

type Architectures = Awaited<ReturnType<typeof loadShippedCatalogue>>['types']

/** Where series are kept, and who hears when they cannot be. */
export interface SeriesKeeping {
  readonly history: MetricHistory
  readonly journal: Journal
}

/** The groups of the process's own account and of every member account, each read with its own credentials. */
export async function wireAccounts(
  aws: AwsAccess,
  { accounts }: Pick<Environment, 'accounts'>,
  { history, journal }: SeriesKeeping,
): Promise<Accounts> {
  const { types } = await loadShippedCatalogue()
  const reading = (clients: AwsClients) => readingWith(clients, types, { history, journal })
  const own: AccountAccess = {
    ...reading(aws.clients),
    account: 'self',
    regions: aws.regions,
    capacity: createCapacityWriter(aws.clients),
  }
  const members = accounts.map(({ account, regions, roleArn, applyRoleArn, externalId }): AccountAccess => {
    const inRole = (arn: string) =>
      createAwsClients({
        ...aws.settings,
        meter: aws.meter,
        credentials: assumedRole(aws.clients, { roleArn: arn, externalId }),
      })
    return {
      ...reading(inRole(roleArn)),
      account,
      regions,
      capacity: applyRoleArn === undefined ? undefined : createCapacityWriter(inRole(applyRoleArn)),
    }
  })
  return byAccount([own, ...members])
}

type Reading = Pick<AccountAccess, 'fleet' | 'page' | 'signals' | 'costs' | 'stacks'>

function readingWith(clients: AwsClients, types: Architectures, { history, journal }: SeriesKeeping): Reading {
  const byTag = { environmentOf: (tags: Readonly<Record<string, string>>) => environmentOf(tags) }
  return {
    fleet: createFleet(clients, { ...byTag, architectureOf: (name) => types.get(name)?.architectures[0] }),
    page: createRoster(clients, byTag),
    signals: keptSignals(createSignalSource(clients), history, (what, error) => journal.failure(what, error)),
    costs: createCostSource(clients),
    stacks: createStacks(clients),
  }
}
