import type { Delivery } from '../../core/commands/delivery.js'
import type { Command } from '../../core/commands/parse-command.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayOf } from '../../core/proposal/figures.js'
import { code, escaped, type Markdown, md, own } from '../../core/proposal/markdown.js'
import { markerOf } from '../../core/proposal/marker.js'
import { explainView, helpView, noticeView } from '../../core/proposal/notice-page.js'
import type { PageView } from '../../core/proposal/pages.js'
import type { CodeHost, Deps } from '../deps.js'
import { declineChange, waitingStates } from '../engine/decline-change.js'
import { recheckGroup } from './recheck-group.js'

export interface CommandRequest {
  readonly delivery: Extract<Delivery, { kind: 'comment' }>
  readonly command: Command
  readonly recommendation: Recommendation
}

/** Answers one command with one reply, for people who may write; for others the reply says who may. */
export async function answerCommand(deps: Deps, host: CodeHost, request: CommandRequest): Promise<void> {
  const { repository, author, commentId, number } = request.delivery
  const permission = await host.conversation.permission(repository, author)
  const allowed = permission === 'admin' || permission === 'write'

  const name = String(commentId)
  const view = allowed ? await carryOut(deps, host, request, name) : refusalView(name, author, permission)

  await host.conversation.react(repository, commentId, allowed ? '+1' : 'confused')
  await host.conversation.reply(repository, number, markerOf('reply', name), deps.render('notice', view))
  deps.journal.outcome('command answered', {
    command: request.command.kind,
    allowed,
    changeId: request.recommendation.changeId,
  })
}

function refusalView(name: string, author: string, permission: string): PageView {
  return noticeView(
    name,
    own('Not done.'),
    md`Commands need write access to this repository; ${code(author)} has ${own(permission)}.`,
  )
}

async function carryOut(
  deps: Deps,
  host: CodeHost,
  { delivery, command, recommendation }: CommandRequest,
  name: string,
): Promise<PageView> {
  switch (command.kind) {
    case 'help':
      return helpView(name)
    case 'explain':
      return explainView(name, recommendation)
    case 'recheck':
      return noticeView(name, own('Rechecked.'), await recheckGroup(deps, host, recommendation))
    case 'snooze':
      return noticeView(name, own('Snoozed.'), await snooze(deps, recommendation, command.forMs))
    case 'ignore':
      return noticeView(
        name,
        own('Answered.'),
        await ignore(deps, host, recommendation, delivery.author, command.because),
      )
    case 'unknown':
      return noticeView(
        name,
        md`${code(`/trimtab ${command.written}`)} was not understood:`,
        md`${escaped(command.why)}.`,
      )
  }
}

async function snooze(deps: Deps, recommendation: Recommendation, forMs: number): Promise<Markdown> {
  if (!waitingStates.includes(recommendation.change.state)) return waitsForNobody(recommendation)
  const until = new Date(deps.clock.now().getTime() + forMs).toISOString()
  const saved = await deps.recommendations.save({
    ...recommendation,
    change: { ...recommendation.change, state: 'snoozed', snoozedUntil: until },
  })
  if (!saved) return own('It changed at the same moment; say it again.')
  return md`Nothing is written here until ${dayOf(until)}; the pull request stays open for whoever wants it.`
}

async function ignore(
  deps: Deps,
  host: CodeHost,
  recommendation: Recommendation,
  by: string,
  because: string | undefined,
): Promise<Markdown> {
  const at = deps.clock.now().toISOString()
  const declined = await declineChange(deps, host, recommendation, { by, at, ...(because && { because }) })
  if (declined) return own('Remembered as a no. It is raised again only on materially new evidence, quoting this.')
  if (!waitingStates.includes(recommendation.change.state)) return waitsForNobody(recommendation)
  return own('It changed at the same moment; say it again.')
}

function waitsForNobody({ change }: Recommendation): Markdown {
  return md`Nothing to answer here: this change is ${own(change.state)}. A pull request that is not wanted can be closed.`
}
