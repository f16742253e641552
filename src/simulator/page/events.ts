// The stream that tells open pages that something changed (server-sent events). It carries version numbers alone:
// what changed is asked for at /sim/state.

import type { ServerResponse } from 'node:http'
import type { PageView } from './view.ts'

/** A silent line so often (ms) keeps proxies and sleeping tabs from dropping the stream. */
const KEEP_ALIVE_MS = 20_000
const RECONNECT_MS = 1000

export interface EventStreams {
  /** Takes over the response and writes to it until the reader leaves or `close`. */
  open(response: ServerResponse, headers: Readonly<Record<string, string>>): void
  /** Ends every stream, so that the server can stop. */
  close(): void
}

export function createEventStreams(view: PageView): EventStreams {
  const open = new Set<ServerResponse>()
  return {
    open(response, headers) {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(`retry: ${RECONNECT_MS}\n\n`)
      const stopTelling = view.onVersion((version) => { response.write(`data: ${version}\n\n`) })
      const keepAlive = setInterval(() => { response.write(':\n\n') }, KEEP_ALIVE_MS)
      open.add(response)
      response.on('close', () => {
        stopTelling()
        clearInterval(keepAlive)
        open.delete(response)
      })
    },
    close() {
      for (const response of open) response.end()
    },
  }
}
