import type { FileSet } from '../../model/code.js'
import { folderOf } from '../paths.js'

/** The folder of the program that a file belongs to: where its cdk.json or Pulumi.yaml is. */
export function programFolder(files: FileSet, file: string): string {
  for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder))
    if (files.has(`${folder}/cdk.json`) || files.has(`${folder}/Pulumi.yaml`)) return folder
  return ''
}
