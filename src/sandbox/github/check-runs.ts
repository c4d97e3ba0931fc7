import { type Answer, type JsonObject, jsonAnswer, jsonOf, problem } from './exchange.js'
import type { Handlers, Stage } from './stage.js'

const RUNS = '/repos/{owner}/{repo}/check-runs'

/** Check runs, of which `emulate` does not know whose they are: only an app may write them, and each names its app. */
export function checkRunHandlers(stage: Stage): Handlers {
  const app = { id: stage.appId, slug: stage.slug, name: stage.slug, owner: { login: stage.owner } }
  const signed = (run: JsonObject) => ({ ...run, app })
  const one = (answer: Answer) =>
    answer.status < 300 ? jsonAnswer(answer.status, signed(jsonOf(answer)), answer.headers) : answer
  const onlyApps = 'You must authenticate via a GitHub App.'
  return {
    [`POST ${RUNS}`]: async ({ actor }, next) => (actor.kind === 'person' ? problem(403, onlyApps) : one(await next())),
    [`PATCH ${RUNS}/{check_run_id}`]: async ({ actor }, next) =>
      actor.kind === 'person' ? problem(403, onlyApps) : one(await next()),
    [`GET ${RUNS}/{check_run_id}`]: async (_, next) => one(await next()),
    'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': async (_, next) => {
      const answer = await next()
      if (answer.status >= 300) return answer
      const list = jsonOf<{ total_count: number; check_runs: readonly JsonObject[] }>(answer)
      return jsonAnswer(200, { ...list, check_runs: list.check_runs.map(signed) }, answer.headers)
    },
  }
}
