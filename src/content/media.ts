// Pictures and voice notes that come with tips: which files there are, and what is wrong with them. It must not send any.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ContentError, type Problem } from './problem.ts'
import { keyOf } from './tip-check.ts'

export const MEDIA_KINDS = ['picture', 'voice'] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

export const MEDIA_FOLDER = 'data/media'

/** A file of `data/media/` as it was found there; `kind` is undefined when it is neither a picture nor a voice note. */
export interface MediaFile {
  readonly file: string
  readonly kind: MediaKind | undefined
  readonly bytes: number
}

/** What a tip names. */
export interface NamedMedia {
  readonly id: string
  readonly media?: { readonly file: string; readonly kind: MediaKind } | undefined
}

/** Bytes: enough for a drawing as wide as a phone, or a minute of speech, and few enough for a slow and dear line. */
const MOST_BYTES: Readonly<Record<MediaKind, number>> = { picture: 150_000, voice: 300_000 }

/** What Telegram shows as a photo, and as a voice note: PNG and JPEG, and Ogg (with Opus in it), by how such files begin. */
const BEGINNINGS: readonly (readonly [kind: MediaKind, bytes: readonly number[]])[] = [
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['voice', [0x4f, 0x67, 0x67, 0x53]],
]

/** The files of `data/media/` below the package folder `root`; drawings (SVG) that pictures were made from are not among them. */
export function readMedia(root: string): readonly MediaFile[] {
  const folder = join(root, MEDIA_FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => !file.endsWith('.svg'))
    .sort()
    .map((file) => {
      const content = readFileSync(join(folder, file))
      return { file, kind: BEGINNINGS.find(([, bytes]) => bytes.every((byte, at) => content[at] === byte))?.[0], bytes: content.length }
    })
}

/** Everything to mend between tips and their files. */
export function checkMedia(tips: readonly NamedMedia[], files: readonly MediaFile[]): readonly Problem[] {
  const named = tips.flatMap(({ id, media }) => (media ? [{ id, ...media }] : []))
  const wrong = named.flatMap(({ id, file, kind }) => {
    const found = files.find((one) => one.file === file)
    const problem = (what: string, mend: string): Problem => ({ file: 'data/tips.yaml', key: keyOf({ id }, 'media'), what, mend })
    if (!found) return [problem(`there is no ${MEDIA_FOLDER}/${file}`, 'Put the file there, or take the line away.')]
    if (found.kind !== kind) return [problem(`${file} is no ${kind}`, 'A picture is a PNG or JPEG, a voice note an Ogg file with Opus.')]
    if (found.bytes <= MOST_BYTES[kind]) return []
    return [problem(`${file} has ${toKilobytes(found.bytes)} KB`, `Make it smaller: at most ${toKilobytes(MOST_BYTES[kind])} KB, people pay for every one.`)]
  })
  const idle = files.filter(({ file }) => named.every((one) => one.file !== file))
  return [...wrong, ...idle.map(({ file }) => ({ file: `${MEDIA_FOLDER}/${file}`, key: '', what: 'no tip names this file', mend: 'Name it under media in data/tips.yaml, or remove it.' }))]
}

/** The sizes of the files tips name, in bytes by their names. @throws ContentError that lists every problem. */
export function loadMediaSizes(root: string, tips: readonly NamedMedia[]): ReadonlyMap<string, number> {
  const files = readMedia(root)
  const problems = checkMedia(tips, files)
  if (problems.length > 0) throw new ContentError(problems)
  return new Map(files.map(({ file, bytes }) => [file, bytes]))
}

/** As people read sizes: a thousand bytes, rounded up. */
export function toKilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000)
}
