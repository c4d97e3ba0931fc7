import { normalAt } from './random-at.js'

// Bound once: in a sandboxed context, as in tests, each look-up of a global is slow.
const { PI, cos, floor, sin, sqrt } = Math

/** Steps of one block: a week of five-minute steps. */
const blockSteps = 2016

/**
 * Noise with the memory of an AR(1) process of unit variance, as a pure function of the step. A chain starts at each
 * block and runs for two blocks; neighbours are blended with weights whose squares add up to one, so that neither the
 * variance nor the correlation changes where a chain ends, and no step depends on where a reader begins.
 */
export function correlatedNoise(seed: number, stream: number, ar1: number): (step: number) => number {
  const chains = new Map<number, Float64Array>()
  const chainOf = (block: number): Float64Array => {
    const known = chains.get(block)
    if (known !== undefined) return known
    const chain = runChain(seed, stream, ar1, block)
    chains.set(block, chain)
    return chain
  }
  return (step) => {
    const block = floor(step / blockSteps)
    const offset = step - block * blockSteps
    const angle = ((offset / blockSteps) * PI) / 2
    const young = chainOf(block)[offset]
    const old = chainOf(block - 1)[offset + blockSteps]
    return sin(angle) * (young ?? 0) + cos(angle) * (old ?? 0)
  }
}

function runChain(seed: number, stream: number, ar1: number, block: number): Float64Array {
  const chain = new Float64Array(2 * blockSteps)
  const innovation = sqrt(1 - ar1 * ar1)
  let value = normalAt(seed, stream, block * 2 * blockSteps)
  for (let index = 0; index < chain.length; index += 1) {
    chain[index] = value
    value = ar1 * value + innovation * normalAt(seed, stream, block * 2 * blockSteps + index + 1)
  }
  return chain
}
