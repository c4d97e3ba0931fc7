import type { EditOutcome } from '../model/code.js'
import { editCloudFormation } from './cloudformation/edit-cloudformation.js'
import { editBeanstalk } from './data-files/edit-beanstalk.js'
import { editValuesFile } from './data-files/edit-values-file.js'
import type { EditsRequest } from './edit-request.js'
import { refused } from './refusal.js'
import type { Syntax } from './syntax.js'
import { editTerraform } from './terraform/edit-terraform.js'
import { editProgram } from './typescript/edit-program.js'
import { pythonSite } from './typescript/python.js'

/**
 * Changes several properties of one group together, each at the one place where it comes from; all of them or none.
 * Pure: the files given are not changed, the answer holds the new texts. Still to be proved with proveEdit.
 */
export function editValues(request: EditsRequest, syntax: Syntax): EditOutcome {
  const { format, file, line } = request.address
  if (file.endsWith('.py'))
    return refused('unsupported-language', [
      pythonSite(request.files, { name: request.address.address }) ?? { file, line, text: '' },
    ])
  if (format === 'terraform' || format === 'terragrunt') return editTerraform(request, syntax)
  if (format === 'cloudformation-yaml' || format === 'cloudformation-json') return editCloudFormation(request, syntax)
  if (format === 'values-yaml') return editValuesFile(request, syntax)
  if (format === 'beanstalk') return editBeanstalk(request, syntax)
  if (format === 'cdk-ts' || format === 'pulumi-ts' || format === 'pulumi-yaml') return editProgram(request, syntax)
  return refused('unsupported-format', [{ file, line, text: '' }])
}
