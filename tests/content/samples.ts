// Small sound content for tests to break: every sample is the real file or a short text, changed in one place.
import { join } from 'node:path'
import { checkContent } from '../../src/content/check.ts'
import { readMedia } from '../../src/content/media.ts'
import type { Problem } from '../../src/content/problem.ts'
import { readSources } from '../../src/content/sources.ts'
import type { Source } from '../../src/content/sources.ts'
import { packageRoot } from '../../src/package-root.ts'

export const REVIEW_DAY = Date.parse('2026-11-22T12:00:00+07:00')

export const dataFile = (name: string): string => join(packageRoot(), 'data', name)

/** The real data files without the real locales, and so without exemptions for texts of theirs. */
export const soundData: readonly Source[] = readSources(packageRoot())
  .filter(({ file }) => file.startsWith('data/'))
  .map(({ file, text }) => ({ file, text: file === 'data/plain-language.yaml' ? text.replace(/^exempt:[^]*/m, 'exempt: []\n') : text }))

export function problemsOf(sources: readonly Source[], now = REVIEW_DAY): readonly Problem[] {
  return checkContent(sources, readMedia(packageRoot()), now).problems
}

/** The problems of one Bahasa text beside its English twin, with sound data. */
export function problemsOfText(key: string, id: string, en = id, now = REVIEW_DAY): readonly Problem[] {
  return problemsOf([...soundData, localeFile('id', key, id), localeFile('en', key, en)], now)
}

/** The real data with one file changed by a replacement that must take place. */
export function brokenData(file: string, from: string | RegExp, to: string): readonly Source[] {
  return soundData.map((source) => {
    if (source.file !== file) return source
    const text = source.text.replace(from, to)
    if (text === source.text) throw new Error(`${String(from)} is not in ${file}: adapt the sample`)
    return { file, text }
  })
}

export function localeFile(language: 'id' | 'en', key: string, text: string): Source {
  const [name, ...path] = key.split('.')
  const tree = path.reduceRight<unknown>((inner, segment) => ({ [segment]: inner }), text)
  return { file: `locales/${language}/${name}.json`, text: JSON.stringify(tree) }
}
