// Every text the clinic names is there, and every text that is there is named: by the code, by a form, or by a command.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { loadAssessment } from '../../src/content/assessment.ts'
import { loadClinic } from '../../src/content/clinic.ts'
import { LANGUAGES } from '../../src/content/language.ts'
import { readLocaleFile } from '../../src/content/locales.ts'
import { createLogger } from '../../src/logging.ts'
import { packageRoot } from '../../src/package-root.ts'
import { startSimulator } from '../../src/simulator/server.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { FormHandler } from '../../src/telegram/feature.ts'

const ROOT = packageRoot()
const TOKEN = '700000001:simulator'

// The simulator's page has its own words, its own way to name them, and its own test.
const files = readdirSync(join(ROOT, 'locales/id')).filter((name) => name !== 'simulator.json')
const texts = files.flatMap((name) => readLocaleFile(`locales/id/${name}`, readFileSync(join(ROOT, 'locales/id', name), 'utf8')).texts)
const keys = new Set(texts.map(({ key }) => key.replace(/_(one|other)$/, '')))

const sourceFiles = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('simulator/'))
  .map((name) => ({ name, text: readFileSync(join(ROOT, 'src', name), 'utf8').replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '') }))
/** Stores and migrations name columns, which may look like keys, and no texts. */
const speaking = sourceFiles.filter(({ name }) => !name.endsWith('/store.ts') && !name.startsWith('storage/')).map(({ text }) => text).join('\n')
const source = sourceFiles.map(({ text }) => text).join('\n')

/** Quoted texts that begin like a key. */
const beginning = `(?:${files.map((name) => name.replace('.json', '')).join('|')})\\.`
const literals = [...speaking.matchAll(new RegExp(`'(${beginning}[\\w.-]+)'`, 'g'))].map((match) => match[1]!)
/** Keys put together, such as `home.language.${language}.button`. How forms and commands put theirs together is known below. */
const templates = [...source.matchAll(/`([^`\s]+)`/g)]
  .map((match) => match[1]!)
  .filter((template) => template.includes('${') && new RegExp(`^(?:${beginning}|\\$\\{texts\\}\\.[a-z])`).test(template))
  .filter((template) => !template.startsWith('commands.') && !template.startsWith('form.refused.'))

let forms: readonly FormHandler[]
let commands: App['registry']['commands']

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  const now = () => Date.UTC(2026, 10, 23, 2)
  const simulator = await startSimulator({ now, token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' } })
  const app = await startApp({
    root: ROOT,
    database: await openDatabase(`sqlite:${join(folder, 'clinic.db')}`),
    instrument: loadAssessment(join(ROOT, 'data/assessment.yaml')),
    clinic: loadClinic(join(ROOT, 'data/clinic.yaml')),
    token: TOKEN,
    apiRoot: simulator.origin,
    updates: { by: 'polling' },
    host: '127.0.0.1',
    port: 0,
    coordinatorIds: [],
    volunteerChatId: undefined,
    now,
    random: () => 0,
    randomToken: () => 'token',
    clinicSecret: 'a secret of at least thirty-two characters',
    log: createLogger({ level: 'silent' }),
    onFatal: (error) => {
      throw error
    },
  })
  forms = [...app.registry.forms.values()]
  commands = app.registry.commands
  await app.stop()
  await simulator.close()
  rmSync(folder, { recursive: true })
})

/** Whether a word stands in the code as a value or as the name of one, as what fills a template must. */
const isSaid = (word: string) => [word, word.replace('-', ' ')].some((said) => source.includes(`'${said}'`)) || new RegExp(`(?<![\\w-])${word}:`).test(source)

function matches(template: string, key: string): boolean {
  const pattern = template.split(/\$\{[^}]*\}/).map(escapeRegExp).join('([\\w-]+)')
  const found = new RegExp(`^${pattern}$`).exec(key)
  return found !== null && found.slice(1).every(isSaid)
}

const escapeRegExp = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** What a form says: see FormHandler. `needed` it can't do without. */
function keysOfForm({ form, stepWords, texts = form.name, title }: FormHandler): { readonly needed: string[]; readonly possible: string[] } {
  const needed = [title ?? `${texts}.title`]
  const possible: string[] = []
  for (const [step, field] of Object.entries(form.steps)) {
    // Words that are data are checked with the data.
    if (!stepWords) needed.push(`${texts}.${step}.ask`, `${texts}.${step}.name`)
    if (field.kind === 'text' && field.noneAllowed) needed.push(`${texts}.${step}.none`)
    if (field.kind === 'consent' && field.readMore) needed.push(`${texts}.${step}.more`)
    possible.push(`${texts}.${step}.hint`, `${texts}.${step}.help`)
    if (field.kind === 'choice' || field.kind === 'choices') {
      const group = (field.kind === 'choice' ? field.labels : undefined) ?? step
      possible.push(...field.options.flatMap((option) => [`${texts}.${group}.options.${option}`, `${texts}.${group}.words.${option}`]))
    }
    for (const refused of [`${texts}.${step}.refused`, `form.refused.${field.kind}`, 'form.refused.lettered', 'form.refused']) {
      possible.push(...[...keys].filter((key) => key.startsWith(`${refused}.`) && isSaid(key.slice(refused.length + 1))))
    }
  }
  return { needed, possible }
}

const keysOfCommands = () => [...commands].flatMap(([name, { menu }]) => [`commands.${name}.description`, ...(menu === undefined ? [] : [`commands.${name}.button`])])
const rootsOfForms = () => [...new Set(forms.map(({ form, texts }) => texts ?? form.name))]

describe('a text that is named', () => {
  it('is there, or a group of texts is', () => {
    expect(literals.length).toBeGreaterThan(100)
    const missing = literals.filter((literal) => !keys.has(literal) && ![...keys].some((key) => key.startsWith(`${literal}.`)))
    expect(missing).toEqual([])
  })

  it('by a name put together is there for at least one', () => {
    expect(templates.length).toBeGreaterThan(5)
    const missing = templates.filter((template) => !rootsOfForms().some((root) => [...keys].some((key) => matches(template.replace('${texts}', root), key))))
    expect(missing).toEqual([])
  })

  it('by a form is there', () => {
    expect(forms.length).toBeGreaterThan(3)
    expect(forms.flatMap((handler) => keysOfForm(handler).needed).filter((key) => !keys.has(key))).toEqual([])
  })

  it('by a command is there', () => {
    expect(keysOfCommands().filter((key) => !keys.has(key))).toEqual([])
  })
})

describe('a text that is there', () => {
  it('is named somewhere', () => {
    const named = new Set([
      ...literals,
      ...keysOfCommands(),
      ...forms.flatMap((handler) => Object.values(keysOfForm(handler)).flat()),
    ])
    const derived = templates.flatMap((template) => rootsOfForms().map((root) => template.replace('${texts}', root)))
    const unused = [...keys].filter((key) => !named.has(key) && !derived.some((template) => matches(template, key)))
    expect(unused).toEqual([])
  })

  it.each(LANGUAGES)('is in the language %s as well, under a file of the same name', (language) => {
    expect(readdirSync(join(ROOT, 'locales', language)).toSorted()).toEqual([...files, 'simulator.json'].toSorted())
  })
})
