/** A fault in what a person gave as recordings: says the file, the line and what was expected there. */
export class TraceError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TraceError'
  }
}
