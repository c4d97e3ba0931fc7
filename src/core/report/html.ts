/** Finished markup. Only this file makes it: from our own constants with outside text escaped. */
export interface Html {
  readonly markup: string
}

/** What may stand in a template: text is escaped, finished markup stays as it is, undefined is nothing. */
export type Part = Html | string | number | undefined | readonly Html[]

// Control characters, bidirectional overrides and invisible formatting: no name needs them and each can lie to a reader.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Markup with values in it, in elements and in quoted attributes alike.
 * @example html`<b title="${'"x"'}">${'<i>'}</b>`.markup // '<b title="&quot;x&quot;">&lt;i&gt;</b>'
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return own(strings.reduce((text, string, i) => `${text}${markupOf(parts[i - 1])}${string}`))
}

/** Our own markup, written in this source tree. Never call it with anything that came from outside. */
export function own(markup: string): Html {
  return { markup }
}

function markupOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escaped(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

function escaped(text: string): string {
  const plain = text.replace(/[\r\n\t]+/g, ' ').replace(invisible, '')
  return plain.replace(/[&<>"']/g, (mark) => marks[mark] as string)
}
