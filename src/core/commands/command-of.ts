import type { Delivery } from './delivery.js'
import { type Command, parseCommand } from './parse-command.js'

/** What a person asks for; undefined where the delivery is no comment, is a bot's, or holds no command. */
export function commandOf(delivery: Delivery): Command | undefined {
  return delivery.kind === 'comment' && !delivery.byBot ? parseCommand(delivery.body) : undefined
}

/** Whether there is anything to do for a delivery: most comments are no commands. */
export function isHeard(delivery: Delivery): boolean {
  return delivery.kind === 'closed' || commandOf(delivery) !== undefined
}
