import { type Markdown, own } from './markdown.js'

/** The hidden line that makes a page of ours findable. Nothing is ever read back from the prose around it. */
export function markerOf(
  kind: 'change' | 'refusal' | 'weekly' | 'reply' | 'configuration' | 'outcome',
  name: string,
): Markdown {
  return own(`<!-- trimtab:${kind}=${name.replace(/[^A-Za-z0-9#:./_-]/g, '-').replaceAll('--', '-')} -->`)
}

/** Whether a body that GitHub gave back carries this marker as a line of its own. */
export function carriesMarker(body: string, marker: string): boolean {
  return body.split(/\r?\n/).some((line) => line.trim() === marker)
}
