import { parse } from '@cdktf/hcl2json'

/** All values of an HCL text as HashiCorp's own parser reads them. Loaded when needed: it is 6 MB of WebAssembly. */
export function hclValues(file: string, text: string): Promise<unknown> {
  return parse(file, text)
}
