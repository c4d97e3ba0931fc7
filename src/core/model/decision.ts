import type { Hold } from './hold.js'

/** What to do with one recommendation now, always with its reason. */
export type Decision =
  | Hold
  | { readonly kind: 'propose'; readonly reason: string }
  | { readonly kind: 'apply'; readonly reason: string; readonly desiredCapacity: number }
