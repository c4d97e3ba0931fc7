import { type Answer, type JsonObject, jsonAnswer, jsonOf, paged, problem } from './exchange.js'
import type { Handlers, Stage } from './stage.js'

/**
 * What an app asks about itself and about people: the repositories of its installation, which `emulate` has not, and
 * the permission of a login, where `emulate` answers 404 for an outsider.
 */
export function appHandlers(stage: Stage): Handlers {
  return {
    'POST /app/installations/{installation_id}/access_tokens': async (_, next) => {
      const answer = await next()
      if (answer.status >= 300) return answer
      const { token, expires_at } = jsonOf<{ token: string; expires_at: string }>(answer)
      stage.actors.learn(token, expires_at)
      return answer
    },
    'GET /installation/repositories': async ({ actor, call }) => {
      if (actor.kind !== 'installation') return problem(403, 'You must authenticate with an installation access token')
      const paths = stage.repositories.map((name) => `/repos/${stage.owner}/${name}`)
      const repositories = await Promise.all(paths.map((path) => stage.github.asOwner<JsonObject>('GET', path)))
      const wrap = (page: readonly unknown[]) => ({
        total_count: repositories.length,
        repository_selection: 'all',
        repositories: page,
      })
      return paged(call, stage.url, repositories, wrap)
    },
    'GET /repos/{owner}/{repo}/collaborators/{username}/permission': (visit, next) =>
      permissionOf(stage, visit.home, visit.params.username ?? '', next),
  }
}

/** GitHub says `none` of an outsider to a private repository, `read` of one to a public one, 404 of nobody at all. */
async function permissionOf(stage: Stage, home: string, login: string, next: () => Promise<Answer>): Promise<Answer> {
  const answer = await next()
  if (answer.status === 401 || answer.status === 403) return answer
  const person = stage.people.find((candidate) => candidate.login.toLowerCase() === login.toLowerCase())
  const user = await stage.github.find<JsonObject>(`/users/${encodeURIComponent(login)}`)
  if (user === undefined) return problem(404, `${login} is not a user`)
  if (person === undefined && answer.status < 300) return answer
  const repository = await stage.github.asOwner<{ private: boolean }>('GET', home)
  const own = person?.permission ?? 'none'
  const permission = own === 'none' && !repository.private ? 'read' : own
  return jsonAnswer(200, { permission, role_name: permission, user })
}
