// The texts of locales/<language>/<name>.json by full key, and whether two languages hold the same keys and placeholders.
// It must not judge what a text says, nor serve texts to the running clinic.
import { parseDocument } from 'yaml'
import { LANGUAGES } from './language.ts'
import type { Language } from './language.ts'
import type { Problem } from './problem.ts'

/** How the reader is addressed ("Bu Rini"); where Bahasa needs it, English says "you". */
const ADDRESS = 'you'

const PLURAL = /_(zero|one|two|few|many|other)$/

/** One text: `registration.name.ask` in locales/id/registration.json is its `name.ask`. */
export interface LocaleText {
  readonly file: string
  readonly language: Language
  readonly key: string
  readonly text: string
}

export interface LocaleTexts {
  readonly texts: readonly LocaleText[]
  readonly problems: readonly Problem[]
}

/** The language and name of a locale file, from its path inside the package; undefined for any other path. */
export function localeOf(file: string): { readonly language: Language; readonly name: string } | undefined {
  const [, folder, name] = /^locales\/([^/]+)\/([^/]+)\.json$/.exec(file) ?? []
  const language = LANGUAGES.find((known) => known === folder)
  return language === undefined || name === undefined ? undefined : { language, name }
}

/** All texts of one locale file; anything but text and groups of texts is a problem. */
export function readLocaleFile(file: string, json: string): LocaleTexts {
  const locale = localeOf(file)
  if (locale === undefined) {
    const mend = `Put it in locales/<${LANGUAGES.join('|')}>/<name>.json.`
    return { texts: [], problems: [{ file, key: '', what: 'this is no place for a locale file', mend }] }
  }
  let tree: unknown
  try {
    tree = JSON.parse(json)
  } catch (error) {
    const what = `is not JSON: ${error instanceof Error ? error.message : String(error)}`
    return { texts: [], problems: [{ file, key: '', what, mend: 'Check the commas, quotes and braces there.' }] }
  }
  const repeated = parseDocument(json).errors.filter(({ code }) => code === 'DUPLICATE_KEY')
  const problems: Problem[] = repeated.map(({ linePos }) => {
    const key = linePos === undefined ? '' : `line ${linePos[0].line}`
    return { file, key, what: 'this key stands there twice', mend: 'Keep one of them.' }
  })
  const texts: LocaleText[] = []
  const collect = (key: string, value: unknown): void => {
    if (typeof value === 'string') {
      texts.push({ file, language: locale.language, key, text: value })
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [name, item] of Object.entries(value)) {
        if (name === '' || name.includes('.')) {
          const mend = `Nest it: {"${name.split('.')[0]}": {…}}.`
          problems.push({ file, key, what: `the name "${name}" is empty or holds a dot`, mend })
        } else collect(`${key}.${name}`, item)
      }
    } else {
      problems.push({ file, key, what: 'is neither a text nor a group of texts', mend: 'Put the text in quotes.' })
    }
  }
  collect(locale.name, tree)
  return { texts, problems }
}

/** The names inside {{…}}, sorted, each once. */
export function placeholdersIn(text: string): readonly string[] {
  const names = Array.from(text.matchAll(/\{\{-?\s*([^\s,{}]+)[^{}]*\}\}/g), (match) => match[1] ?? '')
  return [...new Set(names)].sort()
}

/**
 * Where the languages differ: keys one of them lacks, plural forms one needs (English `_one` and `_other`, Bahasa `_other`
 * alone), and placeholders that are not the same.
 */
export function compareLanguages(texts: readonly LocaleText[]): readonly Problem[] {
  const groups = { id: groupPlurals(texts, 'id'), en: groupPlurals(texts, 'en') }
  const problems: Problem[] = []
  for (const [language, other] of [['id', 'en'], ['en', 'id']] as const) {
    for (const [key, { file }] of groups[other]) {
      if (groups[language].has(key)) continue
      const place = file.replace(`locales/${other}/`, `locales/${language}/`)
      problems.push({ file: place, key, what: 'is missing', mend: `Add what ${file} says there, in this language.` })
    }
  }
  for (const [key, bahasa] of groups.id) {
    const english = groups.en.get(key)
    if (english === undefined) continue
    problems.push(...pluralProblems(key, english), ...placeholderProblems(key, bahasa, english))
  }
  return problems
}

interface Group {
  readonly file: string
  readonly forms: ReadonlyMap<string, string>
}

/** Texts by key; the plural forms of one text (`cases_one`, `cases_other`) stand together under `cases`. */
function groupPlurals(texts: readonly LocaleText[], language: Language): ReadonlyMap<string, Group> {
  const own = texts.filter((text) => text.language === language)
  const keys = new Set(own.map(({ key }) => key))
  const groups = new Map<string, { file: string; forms: Map<string, string> }>()
  for (const { file, key, text } of own) {
    const base = key.replace(PLURAL, '')
    const isPlural = base !== key && keys.has(`${base}_other`)
    const group = groups.get(isPlural ? base : key) ?? { file, forms: new Map<string, string>() }
    group.forms.set(isPlural ? key.slice(base.length) : '', text)
    groups.set(isPlural ? base : key, group)
  }
  return groups
}

function pluralProblems(key: string, english: Group): readonly Problem[] {
  if (!english.forms.has('_other') || english.forms.has('_one')) return []
  const mend = `Add ${key}_one, for exactly one.`
  return [{ file: english.file, key, what: 'lacks the form for one', mend }]
}

function placeholderProblems(key: string, bahasa: Group, english: Group): readonly Problem[] {
  const expected = placeholdersIn([...bahasa.forms.values()].join(' '))
  return [...bahasa.forms, ...english.forms].flatMap(([form, text], index) => {
    const own = placeholdersIn(text)
    const isOne = form !== '' && form !== '_other'
    const mayLack = new Set([...(isOne ? ['count'] : []), ...(index < bahasa.forms.size ? [] : [ADDRESS])])
    const missing = expected.filter((name) => !own.includes(name) && !mayLack.has(name))
    const extra = own.filter((name) => !expected.includes(name))
    const what = [
      ...missing.map((name) => `lacks {{${name}}}`),
      ...extra.map((name) => `has {{${name}}}, which the Bahasa text has not`),
    ].join(' and ')
    if (what === '') return []
    const file = index < bahasa.forms.size ? bahasa.file : english.file
    return [{ file, key: `${key}${form}`, what, mend: 'Use the same placeholders in both languages.' }]
  })
}
