import type { CodeScalar, EditableProperty, EditContext, EditValue, FileSet, GroupAddress } from '../model/code.js'

/** One value to change. */
export interface ValueChange {
  readonly property: EditableProperty
  /** The live value; undefined: not known, then drift is not checked. For `spotMix` the same keys as `wanted`. */
  readonly live: EditValue | undefined
  readonly wanted: EditValue
}

/** The wish to change one property of one group from its live value to a wanted one. */
export interface EditRequest extends ValueChange {
  readonly files: FileSet
  readonly address: GroupAddress
  readonly context?: EditContext
}

/** The wish to change several properties of one group together: all of them or none. */
export interface EditsRequest {
  readonly files: FileSet
  readonly address: GroupAddress
  readonly changes: readonly ValueChange[]
  readonly context?: EditContext
}

/** One scalar to change: a `spotMix` change is several of them. */
export interface ScalarChange {
  readonly property: EditableProperty
  readonly mixKey: string | undefined
  readonly live: CodeScalar | undefined
  readonly wanted: CodeScalar
}

/** Takes compound changes apart; undefined when a value has not the shape that its property needs. */
export function scalarChanges(changes: readonly ValueChange[]): readonly ScalarChange[] | undefined {
  const made = changes.map(scalarsOf)
  return made.every((one) => one !== undefined) ? made.flat() : undefined
}

function scalarsOf({ property, live, wanted }: ValueChange): readonly ScalarChange[] | undefined {
  if (property !== 'spotMix') {
    if (typeof wanted === 'object' || typeof live === 'object') return undefined
    return [{ property, mixKey: undefined, live, wanted }]
  }
  if (typeof wanted !== 'object' || (live !== undefined && typeof live !== 'object')) return undefined
  return Object.entries(wanted)
    .filter(([key, value]) => live?.[key] !== value || Object.keys(wanted).length === 1)
    .map(([key, value]) => ({ property, mixKey: key, live: live?.[key], wanted: value }))
}
