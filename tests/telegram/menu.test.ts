// The large buttons and the command list of one person: what fits her role, progress and language, told to Telegram when it changes.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../src/content/language.ts'
import { createTranslator } from '../../src/i18n/translator.ts'
import { packageRoot } from '../../src/package-root.ts'
import type { Person } from '../../src/people/person.ts'
import { endRole, grantRole, type Role } from '../../src/people/roles.ts'
import { changePerson, createPerson, getPerson } from '../../src/people/store.ts'
import type { Database } from '../../src/storage/database.ts'
import { defineFeature } from '../../src/telegram/feature.ts'
import { createMenu } from '../../src/telegram/menu.ts'
import { createRegistry } from '../../src/telegram/registry.ts'
import { createDatabaseFile } from '../storage/database-file.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const SARI = 1001
const translator = createTranslator(join(packageRoot(), 'locales'))
const run = async () => {}
const menu = createMenu({
  translator,
  registry: createRegistry([
    defineFeature({
      name: 'all',
      commands: {
        daftar: { for: ['anyone'], menu: 20, menuWhen: ({ person }) => person.memberNumber === null, run },
        lanjut: { for: ['anyone'], menu: 10, menuWhen: ({ unfinishedForms }) => unfinishedForms > 0, run },
        usaha: { for: ['owner'], menu: 30, run },
        permintaan: { for: ['coordinator'], menu: 5, run },
        tips: { for: ['anyone'], run },
      },
    }),
  ]),
})

/** What a menu looks at. */
const sari = { telegramId: SARI, language: 'id', memberNumber: null, commandsShown: null, roles: [] as readonly Role[] } as Person
const labels = (person: Partial<Person>, unfinishedForms = 0) =>
  menu.keyboard({ ...sari, ...person }, unfinishedForms).keyboard.map((row) => row.map((one) => (typeof one === 'string' ? one : one.text)))

describe('the large buttons', () => {
  const word = (command: string, language: 'id' | 'en' = 'id') => translator.plain(language, `commands.${command}.button`)

  it.each([
    ['a newcomer', {}, 0, [['daftar']]],
    ['a newcomer in the middle of a form', {}, 1, [['lanjut', 'daftar']]],
    ['an owner', { roles: ['owner'], memberNumber: 1 }, 0, [['usaha']]],
    ['a coordinator with a business and a form open', { roles: ['owner', 'coordinator'], memberNumber: 1 }, 1, [['permintaan', 'lanjut'], ['usaha']]],
  ] as const)('of %s are what is useful now, two in a row', (_who, person, unfinishedForms, commands) => {
    expect(labels(person, unfinishedForms)).toEqual(commands.map((row) => row.map((command) => word(command))))
  })

  it('speak her language and stay open', () => {
    expect(labels({ language: 'en' })).toEqual([[word('daftar', 'en')]])
    expect(menu.keyboard({ ...sari, language: 'en' }, 0)).toMatchObject({
      is_persistent: true, resize_keyboard: true, input_field_placeholder: translator.plain('en', 'home.placeholder'),
    })
  })

  it.each(LANGUAGES)('are understood in the language %s, whatever she chose since', (language) => {
    expect(menu.findCommand(word('usaha', language))).toBe('usaha')
    expect(menu.findCommand(`  ${word('usaha', language)} `)).toBe('usaha')
  })

  it.each(['usaha', 'Warung Bu Sari', ''])('are not seen in %j', (text) => expect(menu.findCommand(text)).toBeUndefined())

  it('are not made of commands that have none', () => {
    expect(menu.findCommand(word('tips'))).toBeUndefined()
  })
})

describe('the command list', () => {
  /** Lets the menu look at the person as she is now, and gives what it newly asks Telegram to show her. */
  async function register(database: Database, person: number): Promise<unknown[]> {
    return database.transaction(async (tx) => {
      const before = await tx.selectFrom('outbox').select('id').execute()
      await menu.registerCommands(tx, await getPerson(tx, person), NOW)
      const rows = await tx.selectFrom('outbox').selectAll().execute()
      return rows.slice(before.length).map(({ chat_id, lane, method, payload }) => {
        const { commands, scope } = JSON.parse(payload!) as { commands: { command: string; description: string }[]; scope: unknown }
        expect({ chat_id, lane, method, scope }).toEqual({ chat_id: SARI, lane: 'setup', method: 'setMyCommands', scope: { type: 'chat', chat_id: SARI } })
        return commands
      })
    })
  }
  const listed = (language: 'id' | 'en', names: readonly string[]) =>
    names.map((command) => ({ command, description: translator.plain(language, `commands.${command}.description`) }))
  const open = async () => {
    const database = await createDatabaseFile().open()
    const { id } = await database.transaction((tx) => createPerson(tx, SARI, NOW))
    return { database, id }
  }

  it('is told once, for her chat alone', async () => {
    const { database, id } = await open()
    expect(await register(database, id)).toEqual([listed('id', ['daftar', 'lanjut', 'tips'])])
    expect(await register(database, id)).toEqual([])
  })

  it('follows her language', async () => {
    const { database, id } = await open()
    await register(database, id)
    await database.transaction((tx) => changePerson(tx, id, { language: 'en' }))
    expect(await register(database, id)).toEqual([listed('en', ['daftar', 'lanjut', 'tips'])])
  })

  it('follows her role, and is short again when the role ends', async () => {
    const { database, id } = await open()
    await register(database, id)
    const role = { person: id, role: 'coordinator', by: null, now: NOW } as const
    await database.transaction((tx) => grantRole(tx, role))
    expect(await register(database, id)).toEqual([listed('id', ['daftar', 'lanjut', 'permintaan', 'tips'])])
    await database.transaction((tx) => endRole(tx, role))
    expect(await register(database, id)).toEqual([listed('id', ['daftar', 'lanjut', 'tips'])])
  })

  it('is for nobody without Telegram', async () => {
    const { database } = await open()
    await database.transaction(async (tx) => {
      await menu.registerCommands(tx, { ...sari, telegramId: null }, NOW)
      expect(await tx.selectFrom('outbox').selectAll().execute()).toEqual([])
    })
  })
})
