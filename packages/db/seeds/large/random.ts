/** A repeatable source of chance: the same seed gives the same database. */
export interface Chance {
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  below(below: number): number
  /** Whether something of that probability happens. */
  happens(probability: number): boolean
}

/** The generator known as mulberry32: 32 bits of state are plenty for made-up posts. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    below: (below) => Math.floor(next() * below),
    happens: (probability) => next() < probability,
  }
}

/**
 * A rank in [0, size), low ones far more often: roughly Zipf's law, as words, authors, tags and servers follow it. By
 * inversion of the harmonic numbers' integral, so that it costs one power.
 */
export function zipf(dice: Chance, size: number): number {
  return Math.min(size - 1, Math.floor((size + 1) ** dice.next()) - 1)
}
