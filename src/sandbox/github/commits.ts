import { type Answer, bodyOf, type Call, type JsonObject, jsonAnswer, jsonOf, withBody } from './exchange.js'
import type { Handlers, Stage, Visit } from './stage.js'

const IN = '/repos/{owner}/{repo}'

const READS = [
  'git/commits/{commit_sha}',
  'commits/{ref}',
  'commits',
  'compare/{basehead}',
  'pulls/{pull_number}/commits',
]

/**
 * Commits as GitHub makes them through its API: one of an app without author and committer is the bot's and verified,
 * all carry the world's time. Tree entries may leave their type out, and raw contents are text.
 */
export function commitHandlers(stage: Stage): Handlers {
  const verified = new Set<string>()
  const write: Handlers[string] = async (visit, next) => {
    const body = bodyOf(visit.call)
    const signed = visit.actor.kind === 'installation' && body.author === undefined && body.committer === undefined
    const answer = await next(withBody(visit.call, { ...identities(stage, visit, signed), ...body }))
    const made = answer.status < 300 ? jsonOf<{ sha?: string; commit?: { sha: string } }>(answer) : {}
    const sha = made.commit?.sha ?? made.sha
    if (signed && sha !== undefined) verified.add(sha)
    return withVerification(answer, verified)
  }
  const read: Handlers[string] = async (_, next) => withVerification(await next(), verified)
  return {
    ...Object.fromEntries(READS.map((path) => [`GET ${IN}/${path}`, read])),
    [`POST ${IN}/git/commits`]: write,
    [`PUT ${IN}/contents/{path}`]: write,
    [`DELETE ${IN}/contents/{path}`]: write,
    [`POST ${IN}/git/trees`]: (visit, next) => next(withTypes(visit.call)),
    [`GET ${IN}/contents/{path}`]: async (_, next) => {
      const answer = await next()
      const raw = answer.headers['content-type'] === 'application/octet-stream'
      const type = 'application/vnd.github.raw+json; charset=utf-8'
      return raw ? { ...answer, headers: { ...answer.headers, 'content-type': type } } : answer
    },
  }
}

const TYPES: Readonly<Record<string, string>> = { '040000': 'tree', '160000': 'commit' }

function withTypes(call: Call): Call {
  const { tree, ...rest } = bodyOf(call)
  if (!Array.isArray(tree)) return call
  const typed = (entry: JsonObject) => ({ type: TYPES[String(entry.mode)] ?? 'blob', ...entry })
  return withBody(call, { ...rest, tree: (tree as readonly JsonObject[]).map(typed) })
}

function identities(stage: Stage, visit: Visit, signed: boolean): JsonObject {
  const date = stage.time.now()
  const login = visit.actor.kind === 'person' ? visit.actor.login : `${stage.slug}[bot]`
  const prefix = visit.actor.kind === 'person' ? '' : `${stage.appId}+`
  const author = { name: login, email: `${prefix}${login}@users.noreply.github.com`, date }
  return { author, ...(signed ? { committer: { name: 'GitHub', email: 'noreply@github.com', date } } : {}) }
}

const VERIFICATION = { verified: true, reason: 'valid', signature: '-----BEGIN PGP SIGNATURE-----', payload: '' }

/** Marks the commits that GitHub would have signed, wherever they stand in an answer. */
function withVerification(answer: Answer, verified: ReadonlySet<string>): Answer {
  if (answer.status >= 300) return answer
  const mark = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(mark)
    if (typeof value !== 'object' || value === null) return value
    const fields = value as JsonObject
    if (Array.isArray(fields.commits)) return { ...fields, commits: fields.commits.map(mark) }
    if ('content' in fields) return { ...fields, commit: mark(fields.commit) }
    if (!verified.has(String(fields.sha))) return value
    const verification = VERIFICATION
    if (typeof fields.commit === 'object') return { ...fields, commit: { ...fields.commit, verification } }
    return { ...fields, verification }
  }
  return jsonAnswer(answer.status, mark(jsonOf(answer)), answer.headers)
}
