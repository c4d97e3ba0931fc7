import { randomUUID } from 'node:crypto'
import { type Secrets, secretsIn } from '../../adapters/aws/github-secret.js'
import { appendToLogStream, type Logs, logsIn } from '../../adapters/aws/log-stream.js'
import { type Environment, readEnvironment, tableNameOf } from '../../config/environment.js'
import type { Deps } from '../../workflows/deps.js'
import { noteUsage } from '../../workflows/usage/note-usage.js'
import { wire } from '../wire.js'
import { wireHost } from '../wire-host.js'
import { deadlineOf, type FunctionContext, sizeOf } from './function-context.js'
import { type FunctionEnvironment, readFunctionEnvironment, regionOf } from './function-environment.js'
import { createFunctionJournal, type FunctionJournal } from './function-journal.js'
import { functionSurroundings } from './function-surroundings.js'
import { onceGood } from './once-good.js'
import { readEvent, type Taken } from './read-event.js'

/** A function that works on the fleet. */
export interface FunctionDefinition<E, R> extends Taken<E> {
  readonly name: string
  /** Kept back of Lambda's limit for the step in hand and the end of the run. */
  readonly reserveMs: number
  /** Events that GitHub has no part in; the secret is not read for them. Default: none. */
  readonly withoutGitHub?: (event: E) => boolean
  /** `deps` are of this invocation: its deadline, its owner of leases, GitHub as it is now. */
  readonly work: (deps: Deps, event: E, environment: Environment) => Promise<R>
}

/** What an instance of a function has before anything outside is asked. */
interface Instance {
  readonly environment: Environment
  readonly journal: FunctionJournal
  readonly secrets: Secrets
  readonly logs: Logs
}

/**
 * The handler of a function. Clients are made once for an instance, and the secret is read once, when they are first
 * needed. What fails is told in one line and thrown, so that Lambda counts it.
 */
export function wireFunction<E, R>(
  definition: FunctionDefinition<E, R>,
): (event: unknown, context: FunctionContext) => Promise<R> {
  const { name, reserveMs, work } = definition
  const start = onceGood(async () => startInstance())
  const wired = onceGood(async () => wireAllButGitHub(await start()))
  const composed = onceGood<FunctionEnvironment>(
    async () => readFunctionEnvironment(process.env, (await start()).secrets),
    ({ complete }) => complete,
  )
  return async (event, context) => {
    const instance = await start()
    const { awsRequestId } = context
    try {
      const asked = readEvent(definition, event)
      const alone = definition.withoutGitHub?.(asked)
      const [deps, { environment }] = await Promise.all([wired(), alone ? instance : composed()])
      const host = await wireHost(environment)
      const deadline = deadlineOf(context, reserveMs)
      // An event that Lambda tries again keeps its request id, and must not pass for the holder of the first try's leases.
      const own = { ...deps, host, deadline, owner: `${awsRequestId}-${randomUUID()}` }
      return await noteUsage(own, () => work(own, asked, environment), sizeOf(context))
    } catch (error) {
      instance.journal.failure('the function failed', error, { function: name, request: awsRequestId })
      throw error
    } finally {
      await storeOutcomes(instance, context)
    }
  }
}

function startInstance(): Instance {
  const environment = readEnvironment(process.env)
  const surroundings = functionSurroundings(environment, process.env)
  return {
    environment,
    journal: createFunctionJournal(environment.logLevel),
    secrets: secretsIn(surroundings),
    logs: logsIn(surroundings),
  }
}

/** The clients and adapters that serve every invocation; the App's key is read beside, not before. */
async function wireAllButGitHub({ environment, journal }: Instance): Promise<Deps> {
  const { application, functions } = environment
  const { environmentName, groupNames } = functions
  const table = environment.table ?? tableNameOf(application, environmentName ?? 'production')
  return wire(
    { ...environment, table, github: { kind: 'none' } },
    {
      journal,
      table: 'deployed',
      // Groups that are named are served whatever their tags say.
      ...(groupNames ? { groups: groupNames } : { environmentName }),
      homeRegion: functions.region,
      environmentVariables: process.env,
    },
  )
}

/** The lines of an invocation go to the log group of outcomes too; where that fails, it is told in the function's own. */
async function storeOutcomes(
  { environment, journal, logs }: Instance,
  { functionName, logStreamName }: FunctionContext,
): Promise<void> {
  const lines = journal.take()
  const { logGroup: group } = environment.functions
  if (group === undefined) return
  try {
    const stream = { region: regionOf(environment), group, name: `${functionName}/${logStreamName}` }
    await appendToLogStream(logs, stream, lines)
  } catch (error) {
    journal.failure('outcomes could not be stored', error, { group })
    journal.take()
  }
}
