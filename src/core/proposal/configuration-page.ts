import { code, escaped, md, own } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'

/** The page that lists every fault of a configuration file at once, each with its line. */
export function configurationFaultsView(
  path: string,
  faults: readonly { readonly line: number; readonly message: string }[],
): PageView {
  return {
    path: own(path),
    count: own(faults.length === 1 ? 'One fault' : `${faults.length} faults`),
    faults: faults.map((fault) => md`${code(`${path}:${fault.line}`)} ${escaped(fault.message)}`),
    marker: markerOf('configuration', path),
  }
}
