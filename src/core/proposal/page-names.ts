/** Every page there is; `templates/<name>.hbs` lays it out. */
export const pageNames = [
  'pull-request',
  'write-back',
  'by-hand',
  'weekly-issue',
  'configuration-faults',
  'notice',
] as const
export type PageName = (typeof pageNames)[number]
