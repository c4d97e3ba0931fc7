import type { Clock, Notebook } from '../../../ports.js'

interface Note {
  readonly text: string
  readonly ttl?: number
}

/** Notes in memory: values are kept as JSON text, as in the table, so that both give back the same. */
export function createLocalNotebook(clock: Clock): Notebook {
  const notes = new Map<string, Note>()

  function live(key: string): Note | undefined {
    const note = notes.get(key)
    const gone = note?.ttl !== undefined && note.ttl <= Math.floor(clock.now().getTime() / 1000)
    return gone ? undefined : note
  }

  function put(key: string, value: unknown, expiresAt: Date | undefined): void {
    const text = JSON.stringify(value === undefined ? null : value)
    notes.set(key, expiresAt ? { text, ttl: Math.ceil(expiresAt.getTime() / 1000) } : { text })
  }

  return {
    async read<T>(key: string) {
      const note = live(key)
      return note ? (JSON.parse(note.text) as T) : undefined
    },
    async write(key, value, expiresAt) {
      put(key, value, expiresAt)
    },
    async writeOnce(key, value, expiresAt) {
      if (live(key)) return false
      put(key, value, expiresAt)
      return true
    },
    async take(key, limit, expiresAt) {
      const note = live(key)
      const taken: number = note ? JSON.parse(note.text) : 0
      if (taken >= limit) return false
      if (note) notes.set(key, { ...note, text: String(taken + 1) })
      else put(key, 1, expiresAt)
      return true
    },
  }
}
