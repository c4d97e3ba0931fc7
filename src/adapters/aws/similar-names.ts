/**
 * Up to five names that a person may have meant, nearest first: shared parts first, then edit distance.
 * @example similarNames('shop-wbe', ['shop-web', 'billing']) // ['shop-web']
 */
export function similarNames(wanted: string, names: readonly string[]): readonly string[] {
  const lower = wanted.toLowerCase()
  const scored = names.map((name) => ({ name, distance: distanceOf(lower, name.toLowerCase()) }))
  const near = scored.filter(
    ({ name, distance }) => distance <= Math.max(2, Math.ceil(Math.max(name.length, wanted.length) / 2)),
  )
  return near
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, 5)
    .map(({ name }) => name)
}

/** A sentence about an unknown group that lists what there is instead. */
export function unknownGroupSentence(wanted: string, where: string, names: readonly string[]): string {
  const similar = similarNames(wanted, names)
  const listed = similar.length > 0 ? similar : [...names].sort().slice(0, 5)
  if (listed.length === 0) return `There is no Auto Scaling group ${wanted} in ${where}: there are no groups at all.`
  const more = names.length - listed.length
  return `There is no Auto Scaling group ${wanted} in ${where}; found ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}

function distanceOf(a: string, b: string): number {
  if (a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? i) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? i) + 1, (next[j - 1] ?? i) + 1))
    }
    row = next
  }
  return row[b.length] ?? a.length
}
