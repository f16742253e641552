// Fetches a file from Telegram by its id. It keeps nothing, and whoever it fails tells nothing of the bot's token.
import type { Api } from 'grammy'
import type { FetchFile } from '../delivery/files.ts'
import type { Transport } from './transport.ts'

export interface FileSourceDeps {
  readonly api: Pick<Api, 'raw'>
  readonly transport: Pick<Transport, 'download'>
  readonly token: string
  readonly apiRoot: string
}

/** Telegram is asked for the path every time: it promises a path for one hour only. Source: Bot API, getFile. */
export function createFileSource({ api, transport, token, apiRoot }: FileSourceDeps): FetchFile {
  return async (fileId) => {
    const { file_path: path } = await api.raw.getFile({ file_id: fileId })
    if (path === undefined) throw new Error('Telegram gave no path for the file.')
    return transport.download(`${apiRoot}/file/bot${token}/${path}`)
  }
}
