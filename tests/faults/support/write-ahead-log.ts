// Reads the frames of a SQLite write-ahead log from its bytes, and damages the last of them as a power cut may. Source: https://sqlite.org/fileformat2.html, section 4.
import { readFileSync, writeFileSync } from 'node:fs'

const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24

interface Frame {
  readonly from: number
  readonly to: number
}

/** What a disk leaves of pages it was writing when the power went. */
export const TEARS = ['cut off', 'zeroed', 'one bit flipped'] as const
export type Tear = (typeof TEARS)[number]

/** The frames that are in use, oldest first: those with the salts of the header. */
function framesOf(log: Buffer): readonly Frame[] {
  if (log.length < HEADER_BYTES) return []
  const frameBytes = FRAME_HEADER_BYTES + log.readUInt32BE(8)
  const salts = log.subarray(16, 24)
  const frames: Frame[] = []
  for (let from = HEADER_BYTES; from + frameBytes <= log.length; from += frameBytes) {
    if (!log.subarray(from + 8, from + 16).equals(salts)) break
    frames.push({ from, to: from + frameBytes })
  }
  return frames
}

/**
 * Damages the log from its last frame but `before` on.
 * @param place from 0 up to 1: where in that frame.
 * @throws when the log has too few frames to be damaged.
 */
export function tearLog(path: string, { tear, place, before = 0 }: { readonly tear: Tear; readonly place: number; readonly before?: number }): void {
  const log = readFileSync(path)
  const frame = framesOf(log).at(-1 - before)
  if (!frame) throw new Error(`The log has no ${before + 1} frames: let the clinic write more before its death.`)
  const at = frame.from + Math.floor(place * (frame.to - frame.from))
  switch (tear) {
    case 'cut off':
      return writeFileSync(path, log.subarray(0, at))
    case 'zeroed':
      return writeFileSync(path, log.fill(0, at))
    case 'one bit flipped':
      log[at] = log[at]! ^ 0x10
      return writeFileSync(path, log)
  }
}
