import { bodyOf, invalid, type JsonObject, jsonAnswer, paged, problem } from './exchange.js'
import type { Handlers, Stage, Visit } from './stage.js'
import { userOf } from './users.js'

const CONTENTS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']

interface Reaction {
  readonly id: number
  readonly node_id: string
  readonly user: JsonObject
  readonly content: string
  readonly created_at: string
}

/** Reactions to comments, issues and pull requests, which `emulate` has not: one of a kind for each user. */
export function reactionHandlers(stage: Stage): Handlers {
  const kept = new Map<string, readonly Reaction[]>()
  let count = 0
  const subject = (visit: Visit) => visit.call.path.replace(/\/reactions.*$/, '')
  const readable = (visit: Visit) =>
    stage.github.find(subject(visit).replace(/^.*\/issues\/(\d+)$/, `${visit.home}/issues/$1/labels`))
  const add = async (visit: Visit) => {
    const content = String(bodyOf(visit.call).content)
    if (!CONTENTS.includes(content)) return invalid('Reaction', 'invalid', 'content')
    const user = await userOf(stage, visit.actor)
    const present = kept.get(subject(visit)) ?? []
    const same = present.find((reaction) => reaction.user.login === user.login && reaction.content === content)
    if (same !== undefined) return jsonAnswer(200, same)
    count += 1
    const reaction = { id: count, node_id: `REA_${count}`, user, content, created_at: stage.time.now() }
    kept.set(subject(visit), [...present, reaction])
    return jsonAnswer(201, reaction)
  }
  const handlers = (path: string): Handlers => ({
    [`POST ${path}`]: async (visit) => ((await readable(visit)) === undefined ? problem(404, 'Not Found') : add(visit)),
    [`GET ${path}`]: async (visit) => {
      if ((await readable(visit)) === undefined) return problem(404, 'Not Found')
      const content = visit.call.query.get('content')
      const all = kept.get(subject(visit)) ?? []
      return paged(
        visit.call,
        stage.url,
        all.filter((reaction) => content === null || reaction.content === content),
      )
    },
    [`DELETE ${path}/{reaction_id}`]: async (visit) => {
      const left = (kept.get(subject(visit)) ?? []).filter((reaction) => `${reaction.id}` !== visit.params.reaction_id)
      kept.set(subject(visit), left)
      return { status: 204, headers: {}, body: Buffer.alloc(0) }
    },
  })
  return {
    ...handlers('/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions'),
    ...handlers('/repos/{owner}/{repo}/issues/{issue_number}/reactions'),
  }
}
