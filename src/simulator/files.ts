// Keeps uploaded files under an id and finds them again. Whether a file may be sent is decided by methods/media.ts.

import { present } from './state.ts'
import type { FileKind, FileRecord, State } from './state.ts'

export interface NewFile {
  readonly kind: FileKind
  readonly bytes: Uint8Array
  readonly fileName?: string | undefined
  readonly mimeType: string
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly duration?: number | undefined
  readonly emoji?: string | undefined
}

const EXTENSIONS = new Map([
  ['image/png', 'png'], ['image/jpeg', 'jpg'], ['image/webp', 'webp'], ['audio/ogg', 'oga'], ['audio/mpeg', 'mp3'],
  ['video/mp4', 'mp4'], ['application/pdf', 'pdf'], ['image/gif', 'gif'],
])

export function putFile(state: State, file: NewFile): FileRecord {
  const number = state.nextId('file', 1)
  const { bytes, ...described } = file
  const extension = EXTENSIONS.get(file.mimeType) ?? 'bin'
  // The length and shape of a real file id: long, opaque, safe in an address.
  const fileId = `SimFile${Buffer.from(`${file.kind}:${number}`.padEnd(24, '.')).toString('base64url')}`
  const record = present<FileRecord>({
    ...described, fileId, size: bytes.length, path: `${file.kind}s/file_${number}.${extension}`,
  })
  state.store.putBytes(fileId, bytes)
  return state.files.put(fileId, record)
}

export function findFile(state: State, fileId: string): FileRecord | undefined {
  return state.files.get(fileId)
}

export function findFileByPath(state: State, path: string): FileRecord | undefined {
  return [...state.files.values()].find((file) => file.path === path)
}
