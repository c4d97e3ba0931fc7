/** What one group is set to by the code at a commit. An absent field is not set there. */
export interface DeployedGroup {
  readonly name: string
  readonly file: string
  readonly minSize?: number
  readonly maxSize?: number
  readonly desiredCapacity?: number
  readonly instanceType?: string
  readonly targetValue?: number
}

/** The fields that have a value, as numbers where AWS has numbers. */
export function deployedGroup(name: string, file: string, fields: Readonly<Record<string, unknown>>): DeployedGroup {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const typed = present.map(([key, value]) => [key, key === 'instanceType' ? String(value) : Number(value)])
  return { name, file, ...Object.fromEntries(typed) }
}
