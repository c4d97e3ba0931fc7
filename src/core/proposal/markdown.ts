/**
 * Text that is safe to put on a page. Only this file makes it: by escaping text from outside, or from our own
 * constants. Templates receive nothing else.
 */
export type Markdown = string & { readonly brand: 'Markdown' }

const zeroWidthSpace = '\u200b'

// Control characters, bidirectional overrides and invisible formatting: no name needs them and each can lie to a reader.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

function visible(text: string, limit: number): string {
  const plain = text.replace(/[\r\n\t]+/g, ' ').replace(invisible, '')
  return plain.length <= limit ? plain : `${plain.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Our own words, written in this source tree. Never call it with anything that came from outside. */
export function own(text: string): Markdown {
  return text as Markdown
}

/**
 * Outside text as an inline code span: no mention, link, image, HTML or table break can come out of it.
 * @example code('web|a') // '`web\\|a`'
 */
export function code(text: string, limit = 200): Markdown {
  const shown = visible(text, limit).replace(/\\*\|/g, (bars) => (bars === '|' ? '\\|' : '¦')) || ' '
  const runs = shown.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1)
  const padding = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return own(`${fence}${padding}${shown}${padding}${fence}`)
}

/**
 * Outside text as plain words: every ASCII punctuation is escaped but comma and percent sign, which mean nothing in
 * Markdown, and what GitHub turns into mentions, references and links is broken by a zero-width space.
 * @example escaped('@ann see http://x') // '\\@​ann see http\\:​\\/\\/x'
 */
export function escaped(text: string, limit = 500): Markdown {
  const shown = visible(text, limit)
    .replace(/ {2,}/g, ' ')
    .replace(/[!-$&-+\-./:-@[-`{-~]/g, (mark) => `\\${mark}`)
    .replace(/\\[@#:]/g, (mark) => `${mark}${zeroWidthSpace}`)
    .replace(/www|gh(?=\\-)/gi, (word) => `${word}${zeroWidthSpace}`)
  return own(shown)
}

/**
 * Outside text in which backticks mark code: the marked parts, and places such as `x.tf:3`, become code spans, the
 * rest plain words.
 * @example quoted('set `a = 1` (x.tf:3)') // 'set `a = 1` \\(`x.tf:3`\\)'
 */
export function quoted(text: string, limit = 1000): Markdown {
  const parts = visible(text, limit).split('`')
  return own(
    parts
      .map((part, i) => (i % 2 === 1 && i < parts.length - 1 ? code(part, limit) : withPlaces(part, limit)))
      .join(''),
  )
}

/** A file's path and line, between spaces or brackets; a path with spaces stays words. */
const place = /(?<![^\s(,])([\w./-]{1,200}\.\w{1,20}:\d{1,7})(?![\w:/])/

function withPlaces(text: string, limit: number): Markdown {
  const parts = text.split(place)
  return own(parts.map((part, i) => (i % 2 === 1 ? code(part, limit) : escaped(part, limit))).join(''))
}

/**
 * Outside text in a title or commit message, where GitHub reads no Markdown but does read mentions, references and `[skip ci]`:
 * those are broken by a zero-width space.
 * @example inert('fixes #12') // 'fixes #​12'
 */
export function inert(text: string, limit = 200): string {
  return visible(text, limit)
    .replace(/[@#[]/g, (mark) => `${mark}${zeroWidthSpace}`)
    .replace(/gh(?=-\d)|:(?=\/\/)/gi, (mark) => `${mark}${zeroWidthSpace}`)
}

/** Joins finished pieces: interpolated Markdown stays as it is, other text is escaped, numbers are printed. */
export function md(strings: TemplateStringsArray, ...values: readonly (Markdown | number)[]): Markdown {
  return own(strings.reduce((text, part, i) => `${text}${values[i - 1]}${part}`))
}

/** A fenced block whose fence is longer than any run of backticks inside. */
export function fenced(language: string, text: string): Markdown {
  const runs = text.match(/`{3,}/g) ?? []
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1)
  return own(`${fence}${language}\n${text}\n${fence}`)
}
