import { AwsError } from '../aws/aws-error.js'
import type { Caller, Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import { uuidAt } from '../world/identifiers.js'
import type { World } from '../world/world.js'
import { type Members, recordOf, textOf } from './read-members.js'

/** A message that was published, as a subscriber would have got it. */
export interface PublishedMessage {
  readonly topicArn: string
  readonly messageId: string
  readonly subject: string | undefined
  readonly message: string
  readonly attributes: Readonly<Record<string, string>>
  readonly atMs: number
}

/** SNS: topics and the messages published to them, which are added to `messages`. */
export function notificationOperations(world: World, messages: PublishedMessage[]): Operations {
  const topics = new Set<string>()
  return {
    'sns:CreateTopic': (input, caller) => {
      const name = textOf(input, 'Name') ?? ''
      if (!/^[\w-]{1,256}$/.test(name)) throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name')
      const TopicArn = `arn:aws:sns:${caller.region}:${caller.account}:${name}`
      topics.add(TopicArn)
      return { TopicArn }
    },
    'sns:ListTopics': (input, caller) => {
      const own = [...topics].filter((arn) => isOwn(arn, caller)).sort()
      const page = paginate(own, { token: textOf(input, 'NextToken'), limit: 100 })
      return { Topics: page.items.map((TopicArn) => ({ TopicArn })), NextToken: page.nextToken }
    },
    'sns:Publish': (input) => {
      const topicArn = textOf(input, 'TopicArn') ?? textOf(input, 'TargetArn') ?? ''
      if (!topics.has(topicArn)) throw new AwsError('NotFound', 'Topic does not exist', 404)
      const messageId = uuidAt(world.seed, 50, messages.length)
      const message = textOf(input, 'Message') ?? ''
      const attributes = attributesOf(recordOf(input, 'MessageAttributes') ?? {})
      messages.push({ topicArn, messageId, subject: textOf(input, 'Subject'), message, attributes, atMs: world.now() })
      return { MessageId: messageId }
    },
  }
}

function isOwn(arn: string, { account, region }: Caller): boolean {
  return arn.startsWith(`arn:aws:sns:${region}:${account}:`)
}

function attributesOf(members: Members): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(members).map((name) => [name, textOf(recordOf(members, name) ?? {}, 'StringValue') ?? '']),
  )
}
