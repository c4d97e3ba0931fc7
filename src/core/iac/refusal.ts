import { type CodeSite, type RefusalReason, type Refused, refusalSentences } from '../model/code.js'

/** A refusal with a hint that says why and, where a line is known, what to type there by hand. */
export function refused(reason: RefusalReason, sites: readonly CodeSite[], advice?: string): Refused {
  return {
    kind: 'refused',
    reason,
    sites: distinct(sites),
    hint: hintOf(reason, distinct(sites), advice),
  }
}

function distinct(sites: readonly CodeSite[]): readonly CodeSite[] {
  return [...new Map(sites.map((site) => [`${site.file}:${site.line}`, site])).values()]
}

function shown(site: CodeSite): string {
  const text = site.text.trim()
  const short = text.length > 80 ? `${text.slice(0, 77)}…` : text
  return short === '' ? `${site.file}:${site.line}` : `\`${short}\` (${site.file}:${site.line})`
}

function hintOf(reason: RefusalReason, sites: readonly CodeSite[], advice: string | undefined): string {
  const places = sites.slice(0, 4).map(shown).join(', ')
  const more = sites.length > 4 ? ` and ${sites.length - 4} more` : ''
  const why = places === '' ? refusalSentences[reason] : `${refusalSentences[reason]}: ${places}${more}`
  return advice === undefined ? `${why}.` : `${why}. ${advice}`
}
