/** Words people write for a mode, and the mode they mean. */
const meanings: ReadonlyMap<string, string> = new Map([
  ['auto', 'apply'],
  ['automatic', 'apply'],
  ['enforce', 'apply'],
  ['dryrun', 'observe'],
  ['dry-run', 'observe'],
  ['readonly', 'observe'],
  ['off', 'observe'],
  ['pr', 'propose'],
  ['suggest', 'propose'],
])

/**
 * The allowed word that was probably meant; undefined where none is near.
 * @example didYouMean('propos', ['observe', 'propose', 'apply']) // 'propose'
 */
export function didYouMean(word: string, allowed: readonly string[]): string | undefined {
  const written = word.slice(0, 60).toLowerCase()
  const meaning = meanings.get(written)
  if (meaning !== undefined && allowed.includes(meaning)) return meaning
  const near = allowed
    .map((candidate) => ({ candidate, distance: editDistance(written, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.floor(candidate.length / 3)))
    .filter(({ candidate, distance }) => distance < Math.max(candidate.length, written.length) - 1)
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.candidate
}

/** Levenshtein distance of two short words. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1]
    for (const [column, other] of [...to].entries()) {
      const replaced = (previous[column] as number) + (letter === other ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] as number) + 1, (current[column] as number) + 1))
    }
    previous = current
  }
  return previous[to.length] as number
}
