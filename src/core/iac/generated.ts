import type { CodeSite, FileSet } from '../model/code.js'
import { siteAt } from './text-lines.js'

const generatedFolder = /(^|\/)(\.terraform|\.terragrunt-cache|cdk\.out|node_modules|vendor|\.pulumi)\//
const marker =
  /@generated|do not edit|(code|file|config|configuration|template) (is |was |has been )?(auto-?|automatically )?generated|auto-?generated|automatically generated/i

/** Where a file says that a program wrote it, or undefined. Only comments of its first ten lines, and folders of tools, count. */
export function generatedSite(
  files: FileSet,
  file: string,
  generatedPaths: readonly string[] = [],
): CodeSite | undefined {
  const text = files.get(file) ?? ''
  if (generatedFolder.test(`/${file}`) || generatedPaths.includes(file)) return siteAt(files, file, 0)
  if (file.endsWith('.json')) return generatedJson(files, file, text)
  let at = 0
  for (const line of text.split('\n', 10)) {
    if (/^\uFEFF?\s*(#|\/\/|\/\*|\*)/.test(line) && marker.test(line)) return siteAt(files, file, at)
    at += line.length + 1
  }
  return undefined
}

/** A template that CDK has synthesised carries its metadata or asset parameters, or a comment entry. */
function generatedJson(files: FileSet, file: string, text: string): CodeSite | undefined {
  const found =
    /"(aws:cdk:path|aws:asset:path|AWS::CDK::Metadata|AssetParameters[0-9a-f]{16,})|"\/\/": *"[^"]{0,200}(generated|do not edit)/i.exec(
      text,
    )
  return found === null ? undefined : siteAt(files, file, found.index)
}
