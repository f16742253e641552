/**
 * The door to pictures: SVG to PNG on a thread of its own, so conversations go on. A picture asked for again is kept by
 * the hash of its SVG. What a picture shows is decided by the functions that write the SVG.
 */
import { createHash } from 'node:crypto'
import { createDrawingThread } from './drawing-thread.ts'

export interface Pictures {
  /** PNG bytes, one pixel per SVG unit; the same SVG gives the same bytes. Rejects an SVG that cannot be read: a bug of ours. */
  renderPng(svg: string): Promise<Buffer>
  /** Ends the drawing thread; a picture under way is rejected. */
  close(): Promise<void>
}

/** @param kept pictures remembered at most, 32 by default: about 3 MB */
export function createPictures({ kept = 32 }: { readonly kept?: number } = {}): Pictures {
  const thread = createDrawingThread()
  const rendered = new Map<string, Promise<Buffer>>()

  return {
    async renderPng(svg) {
      const key = createHash('sha256').update(svg).digest('base64')
      const known = rendered.get(key)
      const picture = known ?? thread.draw(svg)
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
    close: thread.close,
  }
}
