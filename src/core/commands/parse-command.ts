import { dayMs } from '../model/units.js'

/** What a person asked for in a comment. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'explain' }
  | { readonly kind: 'recheck' }
  | { readonly kind: 'snooze'; readonly forMs: number; readonly written: string }
  | { readonly kind: 'ignore'; readonly because: string | undefined }
  | { readonly kind: 'unknown'; readonly written: string; readonly why: string }

const longestSnoozeDays = 182
/** A command further down a comment than this is not looked for. */
export const longestComment = 10_000
const longestReason = 500

/**
 * The command of a comment: its first line that starts with `/trimtab`, outside code fences and quotes. Undefined
 * when there is none; a command that cannot be understood says why.
 * @example parseCommand('/trimtab snooze 2w') // { kind: 'snooze', forMs: 1209600000, written: '2w' }
 */
export function parseCommand(comment: string): Command | undefined {
  const line = commandLine(comment.slice(0, longestComment))
  if (line === undefined) return undefined
  const [verb = 'help', ...rest] = line.split(/[ \t]+/).slice(1)
  const argument = rest.join(' ').trim()
  switch (verb.toLowerCase()) {
    case 'help':
      return { kind: 'help' }
    case 'explain':
      return { kind: 'explain' }
    case 'recheck':
      return { kind: 'recheck' }
    case 'snooze':
      return snooze(argument)
    case 'ignore':
      return { kind: 'ignore', because: argument.replace(/^because\s+/i, '').slice(0, longestReason) || undefined }
    default:
      return { kind: 'unknown', written: verb.slice(0, 40), why: 'expected help, explain, recheck, snooze or ignore' }
  }
}

function commandLine(comment: string): string | undefined {
  let fence: string | undefined
  for (const line of comment.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark !== undefined) fence = closesOrOpens(fence, mark)
    else if (fence === undefined && /^\/trimtab(?:[ \t]|$)/i.test(line)) return line.trim()
  }
  return undefined
}

function closesOrOpens(fence: string | undefined, mark: string): string | undefined {
  if (fence === undefined) return mark
  return mark.startsWith(fence) ? undefined : fence
}

function snooze(written: string): Command {
  const match = /^(\d{1,3})\s*(d|w)$/i.exec(written)
  const days = match ? Number(match[1]) * (match[2]?.toLowerCase() === 'w' ? 7 : 1) : undefined
  if (days === undefined || days < 1 || days > longestSnoozeDays) {
    return {
      kind: 'unknown',
      written: `snooze ${written.slice(0, 40)}`.trim(),
      why: 'expected a time from 1d to 26w, e.g. snooze 2w',
    }
  }
  return { kind: 'snooze', forMs: days * dayMs, written }
}
