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
  const instance = (escapeValue: boolean): i18n => {
    const made = createInstance()
    void made.init({ lng: 'id', fallbackLng: 'id', initAsync: false, resources, interpolation: { escapeValue, escape: escapeHtml } })
    return made
  }
  const escaping = instance(true)
  const plain = instance(false)

  const template = (language: Language, key: string, params: Params) => {
    if (!exists(plain, key)) throw new Error(`No text "${key}": add it to locales/id/${key.split('.')[0]}.json and locales/en.`)
    return plain.t(key, { ...params, lng: language, skipInterpolation: true })
  }
  const interpolate = (by: i18n, text: string, params: Params, language: Language) =>
    by.services.interpolator.interpolate(text, { ...params }, language, {})
  return {
    html: (language, key, params = {}, fill = (text) => text) => interpolate(escaping, fill(template(language, key, params)), params, language),
    plain: (language, key, params = {}) => interpolate(plain, template(language, key, params), params, language),
    findKey: (...keys) => keys.find((key) => exists(plain, key)),
  }
}

/** Makes text safe inside Telegram HTML. Source: Bot API, "HTML style". */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function exists(instance: i18n, key: string): boolean {
  return instance.exists(key) || instance.exists(`${key}_other`)
}

function readLanguage(folder: string): Record<string, unknown> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name.slice(0, -'.json'.length), File.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))]),
  )
}
