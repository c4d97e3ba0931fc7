/** A share of a whole as people write it: 0–100, never a fraction. May exceed 100 where demand exceeds capacity. */
export type Percent = number
export type UsdPerHour = number
export type UsdPerMonth = number
/** A UTC instant in ISO 8601 with `Z`, as `Date#toISOString` gives it. Fields of this type end in `At`. */
export type IsoTime = string

/** Hours in a billing month: DESIGN.md section 5, the figure AWS's own calculators use. */
export const hoursPerMonth = 730

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
