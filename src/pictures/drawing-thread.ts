/**
 * Owns the thread that turns SVG into PNG: started with the first picture, started again after it died. It keeps no
 * picture and knows nothing of what is drawn.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export interface DrawingThread {
  /** PNG bytes. Rejects an SVG that cannot be read, and one that ended the thread. */
  draw(svg: string): Promise<Buffer>
  /** Ends the thread; a picture under way is rejected. */
  close(): Promise<void>
}

type Answer = { readonly png: Uint8Array } | { readonly problem: string }

export function createDrawingThread(): DrawingThread {
  let worker: Worker | undefined
  let queue: Promise<unknown> = Promise.resolve()

  const start = () => {
    const started = new Worker(new URL('worker.js', import.meta.url), { execArgv: [] })
    const forget = () => {
      if (worker === started) worker = undefined
    }
    // An error ends the thread, and the next picture must not wait for a thread that is ending.
    return started.on('error', forget).on('exit', forget)
  }

  const drawNow = async (svg: string): Promise<Buffer> => {
    const drawing = (worker ??= start())
    const settled = new AbortController()
    // The process may end while there is nothing to draw, and not before a picture is drawn.
    drawing.ref()
    try {
      const answered = once(drawing, 'message', settled) as Promise<[Answer]>
      const ended = once(drawing, 'exit', settled).then(() => Promise.reject(new Error('the drawing thread ended')))
      drawing.postMessage(svg)
      const [answer] = await Promise.race([answered, ended])
      if ('problem' in answer) throw new Error(answer.problem)
      return Buffer.from(answer.png)
    } finally {
      settled.abort()
      drawing.unref()
    }
  }

  return {
    // One after the other: a picture that ends the thread takes no other with it.
    draw(svg) {
      const drawn = queue.then(() => drawNow(svg))
      queue = drawn.catch(() => undefined)
      return drawn
    },
    async close() {
      await worker?.terminate()
    },
  }
}
