import { TrimtabError } from '../../core/model/errors.js'

/** A fault in what a person gave as recordings: says the file, the line and what was expected there. */
export class TraceError extends TrimtabError {
  constructor(message: string) {
    super('usage', message)
    this.name = 'TraceError'
  }
}
