import type { EditOutcome } from '../model/code.js'
import type { EditRequest } from './edit-request.js'
import { editValues } from './edit-values.js'
import type { Syntax } from './syntax.js'

/** Changes one property of one group at the one place where its value comes from, or refuses. See editValues. */
export function editValue(request: EditRequest, syntax: Syntax): EditOutcome {
  const { files, address, context, property, live, wanted } = request
  return editValues(
    { files, address, changes: [{ property, live, wanted }], ...(context === undefined ? {} : { context }) },
    syntax,
  )
}
