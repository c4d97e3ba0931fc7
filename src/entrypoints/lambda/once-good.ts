/** Makes something when it is first asked for and keeps it, unless making it failed or it is not good to keep. */
export function onceGood<T>(make: () => Promise<T>, isGood: (made: T) => boolean = () => true): () => Promise<T> {
  let kept: Promise<T> | undefined
  return () => {
    if (kept) return kept
    const made = make()
    const forget = () => {
      if (kept === made) kept = undefined
    }
    kept = made
    made.then((value) => isGood(value) || forget(), forget)
    return made
  }
}
