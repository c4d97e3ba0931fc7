import type { Actor } from './actors.js'
import type { JsonObject } from './exchange.js'
import type { Stage } from './stage.js'

/** An actor as GitHub shows a user. The app's own user is `slug[bot]`. */
export async function userOf(stage: Stage, actor: Actor): Promise<JsonObject> {
  const login = actor.kind === 'person' ? actor.login : `${stage.slug}[bot]`
  const found = await stage.github.find<JsonObject>(`/users/${encodeURIComponent(login)}`)
  return found === undefined ? { login, type: actor.kind === 'person' ? 'User' : 'Bot' } : brief(found)
}

const PROFILE = ['name', 'company', 'blog', 'location', 'email', 'hireable', 'bio', 'twitter_username', 'public_repos']
const ONLY_IN_PROFILE = [...PROFILE, 'public_gists', 'followers', 'following', 'created_at', 'updated_at']

function brief(user: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(user).filter(([name]) => !ONLY_IN_PROFILE.includes(name)))
}
