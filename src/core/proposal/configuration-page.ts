import { code, escaped, md, own } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'

/** Faults that a page lists; whoever has more mends these first. */
const mostFaults = 50

/** The page that lists the faults of a configuration file at once, each with its line. */
export function configurationFaultsView(
  path: string,
  faults: readonly { readonly line: number; readonly message: string }[],
): PageView {
  return {
    path: own(path),
    count: own(faults.length === 1 ? 'One fault' : `${faults.length} faults`),
    faults: [
      ...faults
        .slice(0, mostFaults)
        .map((fault) => md`${code(`${path}:${fault.line}`)} ${escaped(fault.message, 300)}`),
      ...(faults.length > mostFaults ? [md`and ${faults.length - mostFaults} more`] : []),
    ],
    marker: markerOf('configuration', path),
  }
}
