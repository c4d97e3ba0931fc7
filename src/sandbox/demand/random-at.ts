// Bound once: in a sandboxed context, as in tests, each look-up of a global is slow.
const { PI, cos, imul, log, sqrt } = Math

/**
 * Random numbers as a pure function of where they are asked for: no state, any order, same answer. A 32-bit mix
 * (the finaliser of MurmurHash3, public domain) of seed, stream and index.
 */
function mix(value: number): number {
  let hash = value | 0
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** An unsigned 32-bit hash of three whole numbers. Streams keep uses of one seed apart. */
export function hashAt(seed: number, stream: number, index: number): number {
  return mix(mix(mix(seed) ^ imul(stream + 1, 0x9e3779b1)) + imul(index, 0x27d4eb2f))
}

/** Uniform in (0, 1), both ends excluded. */
export function uniformAt(seed: number, stream: number, index: number): number {
  return (hashAt(seed, stream, index) + 0.5) / 4_294_967_296
}

/** Standard normal (Box–Muller). */
export function normalAt(seed: number, stream: number, index: number): number {
  const radius = sqrt(-2 * log(uniformAt(seed, stream, 2 * index)))
  return radius * cos(2 * PI * uniformAt(seed, stream, 2 * index + 1))
}

/** A seed of its own for a named part of the world, so that parts do not move when others are added. */
export function seedOf(seed: number, name: string): number {
  let hash = mix(seed)
  for (let index = 0; index < name.length; index += 1) hash = mix(hash ^ imul(name.charCodeAt(index), 0x01000193))
  return hash
}
