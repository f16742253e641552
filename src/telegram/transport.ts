// Carries requests to Telegram over a few connections that stay open. It knows addresses and bytes, and nothing of what they say.
import type { ApiClientOptions } from 'grammy'
import { type Dispatcher, Pool } from 'undici'

export interface Transport {
  /** As grammY calls it; of the answer grammY reads the JSON alone. */
  readonly fetch: NonNullable<ApiClientOptions['fetch']>
  /** The bytes of a file at an address of the same server. @throws within a minute; its message never quotes the address, which holds the bot's token. */
  download(url: string): Promise<Uint8Array>
  /** Ends every connection, also those in use. */
  close(): Promise<void>
}

/** More than are ever in use at once: messages under way, taps and the long poll. */
const CONNECTIONS = 128

/** 20 MB, the most Telegram gives, at the pace of a poor line. */
const DOWNLOAD_MS = 60_000

/**
 * Opens connections to the server of an address such as `https://api.telegram.org`, when they are first needed.
 * Against grammY's default client it saves a third of the processor time of a message. Timeouts are grammY's.
 */
export function createTransport(apiRoot: string): Transport {
  const { origin } = new URL(apiRoot)
  const pool = new Pool(origin, { connections: CONNECTIONS, headersTimeout: 0, bodyTimeout: 0 })
  const fetch = async (url: string, { method, headers, body, signal }: Dispatcher.RequestOptions) => {
    const answer = await pool.request({ path: url.slice(origin.length), method, headers: headers ?? null, body: body ?? null, signal: signal ?? null })
    return { json: () => answer.body.json() }
  }
  const download = async (url: string) => {
    const answer = await pool.request({ path: url.slice(origin.length), method: 'GET', signal: AbortSignal.timeout(DOWNLOAD_MS) })
    if (answer.statusCode === 200) return new Uint8Array(await answer.body.arrayBuffer())
    await answer.body.dump()
    throw new Error(`Telegram did not give the file: HTTP ${answer.statusCode}.`)
  }
  return { download, fetch: fetch as Transport['fetch'], close: () => pool.destroy() }
}
