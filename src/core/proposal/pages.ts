import Handlebars from 'handlebars'
import type { Markdown } from './markdown.js'
import { type PageName, pageNames } from './page-names.js'

/** Finished words for a template: every value is Markdown already, so templates escape nothing and decide nothing. */
export interface PageView {
  readonly [field: string]: Markdown | readonly Markdown[] | readonly PageView[] | undefined
}

export type RenderPage = (name: PageName, view: PageView) => string

/** GitHub refuses longer bodies. */
export const bodyLimit = 65_536

/**
 * Compiles the templates once. A field that a template names and a view lacks is a fault (strict), as is a body that
 * GitHub would refuse.
 */
export function createPages(templates: Readonly<Record<PageName, string>>): RenderPage {
  const compiled = Object.fromEntries(
    pageNames.map((name) => [name, Handlebars.compile(templates[name], { strict: true, noEscape: true })]),
  ) as Record<PageName, (view: PageView) => string>
  return (name, view) => {
    const body = compiled[name](view)
      .replace(/\n{3,}/g, '\n\n')
      .trim()
    if (body.length > bodyLimit)
      throw new RangeError(`rendering ${name}: ${body.length} characters, GitHub takes ${bodyLimit}`)
    return body
  }
}
