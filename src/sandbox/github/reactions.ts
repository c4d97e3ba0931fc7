import { type Answer, bodyOf, invalid, type JsonObject, jsonAnswer, paged, problem } from './exchange.js'
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
  return {
    ...handlersUnder('/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', stage, kept),
    ...handlersUnder('/repos/{owner}/{repo}/issues/{issue_number}/reactions', stage, kept),
  }
}

function handlersUnder(path: string, stage: Stage, kept: Map<string, readonly Reaction[]>): Handlers {
  return {
    [`POST ${path}`]: async (visit) =>
      (await exists(stage, visit)) ? add(stage, kept, visit) : problem(404, 'Not Found'),
    [`GET ${path}`]: async (visit) => {
      if (!(await exists(stage, visit))) return problem(404, 'Not Found')
      const content = visit.call.query.get('content')
      const all = kept.get(subjectOf(visit)) ?? []
      const wanted = all.filter((reaction) => content === null || reaction.content === content)
      return paged(visit.call, stage.url, wanted)
    },
    [`DELETE ${path}/{reaction_id}`]: async (visit) => {
      const all = kept.get(subjectOf(visit)) ?? []
      const left = all.filter((reaction) => `${reaction.id}` !== visit.params.reaction_id)
      if (left.length === all.length) return problem(404, 'Not Found')
      kept.set(subjectOf(visit), left)
      return { status: 204, headers: {}, body: Buffer.alloc(0) }
    },
  }
}

function subjectOf(visit: Visit): string {
  return visit.call.path.replace(/\/reactions.*$/, '')
}

/** An issue is looked up by its labels, which a pull request has too. */
async function exists(stage: Stage, visit: Visit): Promise<boolean> {
  const path = subjectOf(visit).replace(/\/issues\/\d+$/, '$&/labels')
  return (await stage.github.find(path)) !== undefined
}

async function add(stage: Stage, kept: Map<string, readonly Reaction[]>, visit: Visit): Promise<Answer> {
  const content = String(bodyOf(visit.call).content)
  if (!CONTENTS.includes(content)) return invalid('Reaction', 'invalid', 'content')
  const user = await userOf(stage, visit.actor)
  const present = kept.get(subjectOf(visit)) ?? []
  const same = present.find((reaction) => reaction.user.login === user.login && reaction.content === content)
  if (same !== undefined) return jsonAnswer(200, same)
  const id = 1 + Math.max(0, ...[...kept.values()].flat().map((reaction) => reaction.id))
  const reaction = { id, node_id: `REA_${id}`, user, content, created_at: stage.time.now() }
  kept.set(subjectOf(visit), [...present, reaction])
  return jsonAnswer(201, reaction)
}
