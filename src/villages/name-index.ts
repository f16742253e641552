/**
 * Finds names among many, exactly, by their beginning, or with slips. Names lie side by side in one block of bytes, and a
 * search passes over all of them: for 84,000 names that takes under a millisecond and a few bytes a name.
 */
import { countSlips, spell } from './spelling.ts'
import type { Spelling } from './spelling.ts'

export interface NameIndex {
  readonly size: number
  /** Adds the next name, already folded; its position is the number of names added before. */
  add(folded: string): void
  /** Positions of names spelled the same. */
  same(name: Spelling): number[]
  /** Positions of longer names that begin so; four letters at least, else none. */
  beginning(name: Spelling): number[]
  /** Positions of names at most `name.slips` slips away. */
  near(name: Spelling): number[]
  /** Slips between the name at a position and `name`; above `most` it is `most + 1`. */
  slips(at: number, name: Spelling, most?: number): number
  beginsWith(at: number, name: Spelling): boolean
  length(at: number): number
  firstByte(at: number): number | undefined
}

/** Room for `capacity` names; one more throws. */
export function createNameIndex(capacity: number): NameIndex {
  const starts = new Uint32Array(capacity + 1)
  const letters = new Uint32Array(capacity)
  const hashes = new Uint32Array(capacity)
  const heads = new Uint32Array(capacity)
  let bytes = new Uint8Array(capacity * 10)
  let size = 0

  const length = (at: number) => starts[at + 1]! - starts[at]!
  const beginsWith = (at: number, name: Spelling) => {
    if (length(at) < name.bytes.length) return false
    const from = starts[at]!
    for (let i = 0; i < name.bytes.length; i++) if (bytes[from + i] !== name.bytes[i]) return false
    return true
  }
  const slips = (at: number, name: Spelling, most = name.slips) =>
    countSlips(name.bytes, bytes, starts[at]!, starts[at + 1]!, most)

  return {
    get size() {
      return size
    },
    add(folded) {
      if (size === capacity) throw new Error(`This index was made for ${capacity} names: make it larger`)
      const name = spell(folded)
      const from = starts[size]!
      const to = from + name.bytes.length
      if (to > bytes.length) {
        const larger = new Uint8Array(to * 2)
        larger.set(bytes)
        bytes = larger
      }
      bytes.set(name.bytes, from)
      letters[size] = name.letters
      hashes[size] = name.hash
      heads[size] = headOf(name)
      starts[++size] = to
    },
    same(name) {
      const found: number[] = []
      for (let at = hashes.indexOf(name.hash); at >= 0 && at < size; at = hashes.indexOf(name.hash, at + 1)) {
        if (length(at) === name.bytes.length && beginsWith(at, name)) found.push(at)
      }
      return found
    },
    beginning(name) {
      const found: number[] = []
      if (name.bytes.length < HEAD_LENGTH) return found
      const head = headOf(name)
      for (let at = heads.indexOf(head); at >= 0 && at < size; at = heads.indexOf(head, at + 1)) {
        if (length(at) > name.bytes.length && beginsWith(at, name)) found.push(at)
      }
      return found
    },
    near(name) {
      const found: number[] = []
      const most = name.slips
      const shortest = name.bytes.length - most
      const longest = name.bytes.length + most
      for (let at = 0, from = 0; at < size; at++) {
        const to = starts[at + 1]!
        const letterCount = to - from
        from = to
        if (letterCount < shortest || letterCount > longest) continue
        // One slip changes at most two of the letters a name has.
        if (countBits(letters[at]! ^ name.letters) <= 2 * most && slips(at, name) <= most) found.push(at)
      }
      return found
    },
    slips,
    beginsWith,
    length,
    firstByte: (at) => bytes[starts[at]!],
  }
}

const HEAD_LENGTH = 4

/** The first four letters as one number. */
function headOf({ bytes }: Spelling): number {
  let head = 0
  for (let i = 0; i < HEAD_LENGTH; i++) head = (head << 8) | (bytes[i] ?? 0)
  return head >>> 0
}

function countBits(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
