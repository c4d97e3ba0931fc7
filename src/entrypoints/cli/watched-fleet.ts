import type { Fleet } from '../../ports.js'
import { printable, type Terminal } from './terminal.js'

/** The same fleet, whose groups are counted on the terminal as they are taken up; the same object where nobody watches. */
export function watchedFleet(fleet: Fleet, { progress }: Pick<Terminal, 'progress'>): Fleet {
  if (!progress) return fleet
  return {
    read: (groupKey) => fleet.read(groupKey),
    async *list(selection) {
      let count = 0
      try {
        for await (const listed of fleet.list(selection)) {
          count += 1
          progress(
            `group ${count}: ${printable(listed.kind === 'group' ? listed.group.name : listed.scope).slice(0, 60)}`,
          )
          yield listed
        }
      } finally {
        progress(undefined)
      }
    },
  }
}
