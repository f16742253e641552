// Puts the files a payload names into it just before it is sent: pictures drawn, documents written, and files of Telegram uploaded anew
// under a neutral name. It sends and stores nothing.
import { InputFile } from 'grammy'

type Payload = Readonly<Record<string, unknown>>

/** Draws a named picture as PNG. @throws when there is no such picture or it can't be drawn. */
export type DrawPicture = (name: string, params: unknown) => Promise<Buffer>

/** A file as its reader gets it. */
export interface DrawnDocument {
  readonly fileName: string
  readonly content: string
}

/** Writes a named document. @throws when there is no such document or it can't be written. */
export type DrawDocument = (name: string, params: unknown) => Promise<DrawnDocument>

/**
 * Fetches the bytes behind a file id from Telegram, which gives a bot at most 20 MB (Bot API, getFile). @throws grammY's error when
 * Telegram refuses, any other one when it can't be reached; nothing that quotes the address, because the address holds the bot's token.
 */
export type FetchFile = (fileId: string) => Promise<Uint8Array>

/** Reads a picture or voice note that stands ready as a file. @throws when there is none of this name. */
export type ReadMedia = (file: string) => Promise<Buffer>

/** Files are named in the outbox and drawn or read when they are sent, so their data is read anew. */
export interface Drawing {
  readonly drawPicture: DrawPicture
  readonly drawDocument: DrawDocument
  readonly fetchFile: FetchFile
  readonly readMedia: ReadMedia
}

/**
 * The payload with its pictures and documents made, `{ photo: { picture, params } }` and `{ document: { document, params } }`, and with what
 * stands ready read: `{ photo: { media } }`, `{ voice: { media } }`. @throws when one can't be.
 */
export async function withDrawnFile(payload: Payload, { drawDocument, drawPicture, readMedia }: Drawing): Promise<Payload> {
  const { photo, document, voice } = payload
  if (isObject(voice) && !isRefile(voice)) return { ...payload, voice: await readyFile(voice, readMedia) }
  if (isObject(photo) && 'media' in photo) return { ...payload, photo: await readyFile(photo, readMedia) }
  if (isObject(photo) && !isRefile(photo)) {
    const { picture, params } = photo
    if (typeof picture !== 'string') throw new Error('a photo is named as { picture, params }')
    return { ...payload, photo: new InputFile(await drawPicture(picture, params), `${picture}.png`) }
  }
  if (isObject(document) && !isRefile(document)) {
    const { document: name, params } = document
    if (typeof name !== 'string') throw new Error('a document is named as { document, params }')
    const { content, fileName } = await drawDocument(name, params)
    return { ...payload, document: new InputFile(Buffer.from(content), fileName) }
  }
  return payload
}

async function readyFile({ media }: Payload, readMedia: ReadMedia): Promise<InputFile> {
  if (typeof media !== 'string') throw new Error('a file that stands ready is named as { media }')
  return new InputFile(await readMedia(media), media)
}

/**
 * The payload with every `{ refile: fileId, fileName }` fetched and ready to be uploaded under that name, those of an album too: Telegram
 * shows the original name of whatever is sent by its id. @throws as FetchFile does.
 */
export async function withFetchedFiles(payload: Payload, fetchFile: FetchFile): Promise<Payload> {
  const found = { ...payload }
  for (const [name, value] of Object.entries(payload)) {
    if (isRefile(value)) found[name] = new InputFile(await fetchFile(value.refile), value.fileName)
    else if (name === 'media' && Array.isArray(value)) found[name] = await eachFetched(value, fetchFile)
  }
  return found
}

/** One after the other: an album of ten large files should not fill the memory of a small machine with requests. */
async function eachFetched(items: readonly Payload[], fetchFile: FetchFile): Promise<readonly Payload[]> {
  const found: Payload[] = []
  for (const item of items) found.push(await withFetchedFiles(item, fetchFile))
  return found
}

function isRefile(value: unknown): value is { readonly refile: string; readonly fileName: string } {
  return isObject(value) && typeof value['refile'] === 'string' && typeof value['fileName'] === 'string'
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null
}
