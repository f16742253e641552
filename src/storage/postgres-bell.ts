// Lets processes that share a database wake each other, by PostgreSQL's LISTEN and NOTIFY. A ring may get lost: nobody may rely on it alone.
import type { Client, Pool } from 'pg'

export interface Bell {
  /** Wakes the other processes; rings that come while one is under way are one. */
  ring(): void
  /** Calls the listener when any process rang, this one too. From the first listener on a connection of its own is kept. */
  onRing(listener: () => void): void
  close(): Promise<void>
}

const CHANNEL = 'klinik'
/** A connection that broke is made anew after this. */
const RECONNECT_AFTER_MS = 1000

export function createBell({ pool, connect }: { readonly pool: Pool; readonly connect: () => Client }): Bell {
  const listeners: (() => void)[] = []
  let ear: Client | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let ringing: Promise<void> | undefined
  let again = false
  const closing = new AbortController()

  async function listen(): Promise<void> {
    const client = connect()
    ear = client
    client.on('error', () => reconnect(client))
    client.on('end', () => reconnect(client))
    client.on('notification', () => {
      for (const listener of listeners) listener()
    })
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
    } catch {
      reconnect(client)
    }
  }

  function reconnect(lost: Client): void {
    if (closing.signal.aborted || ear !== lost) return
    ear = undefined
    void lost.end().catch(() => {})
    retry = setTimeout(() => void listen(), RECONNECT_AFTER_MS)
  }

  async function ringAll(): Promise<void> {
    while (again && !closing.signal.aborted) {
      again = false
      try {
        await pool.query(`notify ${CHANNEL}`)
      } catch {
        // Whoever was to be woken looks by itself before long.
      }
    }
    ringing = undefined
  }

  return {
    ring: () => {
      again = true
      ringing ??= ringAll()
    },
    onRing: (listener) => {
      listeners.push(listener)
      if (listeners.length === 1) void listen()
    },
    close: async () => {
      closing.abort()
      clearTimeout(retry)
      await ringing
      await ear?.end().catch(() => {})
    },
  }
}
