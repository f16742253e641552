// Chance that can be repeated: the same seed gives the same numbers. Tests name the seed in their titles; FAULTS_SEED sets it.

export const SEED = Number(process.env['FAULTS_SEED'] ?? 20_261_123)

/** Numbers from 0 up to 1. Source: mulberry32, by Tommy Ettinger, public domain. */
export function seededChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
