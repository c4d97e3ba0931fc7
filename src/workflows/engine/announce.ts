import { groupNameOf } from '../../core/model/group.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { changesInWords } from '../../core/proposal/settings-words.js'
import type { Topic } from '../../ports.js'
import type { Deps } from '../deps.js'

/** Tells the recommendation topic of new advice. A topic that fails is logged: the advice is in the table already. */
export async function announceRecommendation(
  deps: Pick<Deps, 'telemetry' | 'journal'>,
  recommendation: Recommendation,
): Promise<void> {
  const { groupKey, type, priority, description, id } = recommendation
  const subject = `${groupNameOf(groupKey)}: ${changesInWords(recommendation.from, recommendation.to) || type}`
  deps.journal.outcome('recommendation recorded', { changeId: recommendation.changeId, groupKey, type })
  await tell(deps, 'optimizationRecommendation', subject, `${description}\n\n${id}`, { type, priority, groupKey })
}

/** Tells the performance topic what became of a live change; false when it could not be told. */
export async function announceOutcome(
  deps: Pick<Deps, 'telemetry' | 'journal'>,
  recommendation: Recommendation,
  text: string,
): Promise<boolean> {
  return tell(deps, 'performanceAlert', `${groupNameOf(recommendation.groupKey)}: ${text.slice(0, 60)}`, text, {
    type: recommendation.type,
    groupKey: recommendation.groupKey,
  })
}

/** Tells the cost topic of a projection over the budget. */
export async function announceCost(
  deps: Pick<Deps, 'telemetry' | 'journal'>,
  subject: string,
  text: string,
): Promise<void> {
  await tell(deps, 'costAlert', subject, text, {})
}

/** Tells a topic what an analysis outside the schedule has found. */
export async function announceFindings(
  deps: Pick<Deps, 'telemetry' | 'journal'>,
  topic: Topic,
  subject: string,
  text: string,
): Promise<void> {
  deps.journal.outcome('groups analysed on call', { topic, subject })
  await tell(deps, topic, subject, text, {})
}

async function tell(
  deps: Pick<Deps, 'telemetry' | 'journal'>,
  topic: Topic,
  subject: string,
  text: string,
  attributes: Readonly<Record<string, string>>,
): Promise<boolean> {
  try {
    await deps.telemetry.announce(topic, subject, text, attributes)
    return true
  } catch (error) {
    deps.journal.failure('message could not be sent', error, { topic })
    return false
  }
}
