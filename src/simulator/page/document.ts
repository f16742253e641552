// The HTML documents of the page in a reader's language, and its files on disk. It must not know who may see them.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../../package-root.ts'

const LANGUAGES = ['id', 'en'] as const
export type PageLanguage = (typeof LANGUAGES)[number]

const Texts = z.record(z.string(), z.string())
type Texts = z.infer<typeof Texts>

const ASSET_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

const assetPath = (name: string): string => join(packageRoot(), 'src', 'simulator', 'page', 'assets', name)

/** The language asked for by ?lang=; Bahasa for anything else. */
export function pageLanguage(asked: unknown): PageLanguage {
  return LANGUAGES.find((language) => language === asked) ?? 'id'
}

async function readTexts(language: PageLanguage): Promise<Texts> {
  const json = await readFile(join(packageRoot(), 'locales', language, 'simulator.json'), 'utf8')
  return Texts.parse(JSON.parse(json))
}

const escapeHtml = (text: string): string => text
  .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Puts the texts in the places a template marks with [[name]]; a name nobody knows is a mistake in the template. */
function fillTemplate(template: string, texts: Texts): string {
  return template.replace(/\[\[([\w-]+)\]\]/g, (_, name: string) => {
    const text = texts[name]
    if (text === undefined) throw new Error(`The page template wants the text "${name}": add it to locales/*/simulator.json`)
    return escapeHtml(text)
  })
}

/** The page with the phones. Its scripts find every text in one JSON block. */
export async function renderPage(language: PageLanguage): Promise<string> {
  const [template, texts] = await Promise.all([readFile(assetPath('index.html'), 'utf8'), readTexts(language)])
  const json = JSON.stringify(texts).replaceAll('<', String.raw`\u003c`)
  return fillTemplate(template, { ...texts, language }).replace('<!--texts-->', () => json)
}

/** The form that asks for the access code. `problem`: what became of the code given before. */
export async function renderCodeForm(language: PageLanguage, problem?: 'refused' | 'busy'): Promise<string> {
  const [template, texts] = await Promise.all([readFile(assetPath('code.html'), 'utf8'), readTexts(language)])
  const said = problem === undefined ? '' : texts[`code-${problem}`] ?? ''
  return fillTemplate(template, { ...texts, language, problem: said })
}

export interface Asset {
  readonly type: string
  readonly bytes: Buffer
}

/** A script, style or drawing of the page by its plain file name; undefined when there is none. */
export async function findAsset(name: string): Promise<Asset | undefined> {
  const extension = /^[a-z][a-z-]*\.(css|js|svg)$/.exec(name)?.[1]
  const type = extension === undefined ? undefined : ASSET_TYPES[extension]
  if (type === undefined) return undefined
  const bytes = await readFile(assetPath(name)).catch(() => undefined)
  return bytes === undefined ? undefined : { type, bytes }
}
