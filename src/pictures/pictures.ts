/**
 * Turns SVG into PNG. The work is done on libuv's threads, so conversations go on; a picture asked for again is kept
 * by the hash of its SVG. What a picture shows is decided by the functions that write the SVG.
 */
import { createHash } from 'node:crypto'
import { loadSharp } from './fonts.ts'

export interface Pictures {
  /** PNG bytes, one pixel per SVG unit; the same SVG gives the same bytes. Rejects an SVG that cannot be read: a bug of ours. */
  renderPng(svg: string): Promise<Buffer>
}

/** @param kept pictures remembered at most, 32 by default: about 2 MB of cards */
export function createPictures({ kept = 32 }: { readonly kept?: number } = {}): Pictures {
  let sharp: ReturnType<typeof loadSharp> | undefined
  const rendered = new Map<string, Promise<Buffer>>()

  const render = async (svg: string) => {
    const draw = await (sharp ??= loadSharp())
    return draw(Buffer.from(svg)).png({ palette: true }).toBuffer()
  }

  return {
    async renderPng(svg) {
      const key = createHash('sha256').update(svg).digest('base64')
      const known = rendered.get(key)
      const picture = known ?? render(svg)
      // Set anew, a picture in use is the last to be forgotten.
      rendered.delete(key)
      rendered.set(key, picture)
      for (const oldest of rendered.keys()) {
        if (rendered.size <= kept) break
        rendered.delete(oldest)
      }
      try {
        return await picture
      } catch (error) {
        if (rendered.get(key) === picture) rendered.delete(key)
        throw error
      }
    },
  }
}
