/** A value that must never be printed: every way to text gives `[secret]`. Only `reveal` gives the value. */
export interface Secret {
  readonly reveal: () => string
  readonly toString: () => '[secret]'
  readonly toJSON: () => '[secret]'
}

const hidden = '[secret]' as const

/**
 * Wraps a secret; string templates, JSON and console inspection show `[secret]`.
 * @example `${secretOf('hunter2')}` // '[secret]'
 */
export function secretOf(value: string): Secret {
  return Object.freeze({
    reveal: () => value,
    toString: () => hidden,
    toJSON: () => hidden,
    [Symbol.for('nodejs.util.inspect.custom')]: () => hidden,
  })
}
