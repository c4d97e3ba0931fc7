/** A range of a file, in UTF-16 offsets. */
export interface Place {
  readonly file: string
  readonly start: number
  readonly end: number
}
