// Loads every word a person reads from locales/ and renders it in her language. User text is escaped here, once, for Telegram HTML.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInstance, type i18n } from 'i18next'
import { z } from 'zod'
import { type Language, LANGUAGES } from '../content/language.ts'

export type Params = Readonly<Record<string, string | number>>

export interface Translator {
  /**
   * Text for a message: parameters are escaped for Telegram HTML. `fill` works on the text before a person's words are in it.
   * @throws when no language has the key.
   */
  html(language: Language, key: string, params?: Params, fill?: (template: string) => string): string
  /** Text for a button or a command list, where HTML has no meaning. @throws when no language has the key. */
  plain(language: Language, key: string, params?: Params): string
  /** The first of the keys that exists, else undefined. */
  findKey(...keys: readonly string[]): string | undefined
}

const File = z.record(z.string(), z.unknown())

/** Reads `locales/<language>/*.json`; a file's name is the first segment of its keys. */
export function createTranslator(folder: string): Translator {
  const resources = Object.fromEntries(LANGUAGES.map((language) => [language, { translation: readLanguage(join(folder, language)) }]))
  const keys = new Set(Object.values(resources).flatMap(({ translation }) => textKeys(translation)))
  const exists = (key: string) => keys.has(key) || keys.has(`${key}_other`)
  const instance = (escapeValue: boolean): i18n => {
    const made = createInstance()
    void made.init({ lng: 'id', fallbackLng: 'id', initAsync: false, resources, interpolation: { escapeValue, escape: escapeHtml } })
    return made
  }
  const escaping = instance(true)
  const plain = instance(false)

  const template = (language: Language, key: string, params: Params) => {
    if (!exists(key)) throw new Error(`No text "${key}": add it to locales/id/${key.split('.')[0]}.json and locales/en.`)
    return plain.t(key, { ...params, lng: language, skipInterpolation: true })
  }
  // Only a count leads to another form of the same text.
  const kept = new Map<string, string>()
  const keptTemplate = (language: Language, key: string, params: Params) => {
    if ('count' in params) return template(language, key, params)
    const name = `${language}:${key}`
    let text = kept.get(name)
    if (text === undefined) kept.set(name, (text = template(language, key, {})))
    return text
  }
  const interpolate = (by: i18n, text: string, params: Params, language: Language) =>
    text.includes('{{') ? by.services.interpolator.interpolate(text, { ...params }, language, {}) : text
  return {
    html: (language, key, params = {}, fill = (text) => text) => interpolate(escaping, fill(keptTemplate(language, key, params)), params, language),
    plain: (language, key, params = {}) => interpolate(plain, keptTemplate(language, key, params), params, language),
    findKey: (...keys) => keys.find(exists),
  }
}

/** Makes text safe inside Telegram HTML. Source: Bot API, "HTML style". */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** The keys of all texts; a group of texts has none of its own. */
function textKeys(texts: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string' ? [prefix + name] : textKeys(value as Readonly<Record<string, unknown>>, `${prefix}${name}.`),
  )
}

function readLanguage(folder: string): Record<string, unknown> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name.slice(0, -'.json'.length), File.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))]),
  )
}
