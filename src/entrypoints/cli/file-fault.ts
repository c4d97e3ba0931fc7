import { type FaultCode, TrimtabError } from '../../core/model/errors.js'

export interface FileFault {
  readonly code: FaultCode
  /** `reading x.yml` or `writing x.yml`. */
  readonly doing: string
  /** What cannot be done with it: `read` or `written`. */
  readonly done: 'read' | 'written'
  readonly remedy: string
}

/**
 * A fault of the file system in our words.
 * @example fileFault(error, { code: 'usage', doing: 'writing a.html', done: 'written', remedy: 'is the folder there?' }).message
 * // 'writing a.html: it cannot be written (ENOENT); is the folder there?'
 */
export function fileFault(error: unknown, { code, doing, done, remedy }: FileFault): TrimtabError {
  const why = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
  return new TrimtabError(code, `${doing}: it cannot be ${done} (${why}); ${remedy}`, { cause: error })
}
