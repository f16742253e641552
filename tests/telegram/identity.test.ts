// A database serves one bot, and Telegram is told who the bot is once: at the first start, and again when that has changed.
import { Api } from 'grammy'
import { describe, expect, it, onTestFinished } from 'vitest'
import { join } from 'node:path'
import { createTranslator, type Translator } from '../../src/i18n/translator.ts'
import { packageRoot } from '../../src/package-root.ts'
import { type Command, defineFeature } from '../../src/telegram/feature.ts'
import { claimDatabase, IdentityError, presentBot } from '../../src/telegram/identity.ts'
import { createRegistry } from '../../src/telegram/registry.ts'
import { openStage, type Stage, TOKEN } from '../simulator/fixture.ts'
import { createDatabaseFile } from '../storage/database-file.ts'

const translator = createTranslator(join(packageRoot(), 'locales'))
const run = async () => {}
const registryOf = (commands: Readonly<Record<string, Command['for']>>) =>
  createRegistry([defineFeature({ name: 'all', commands: Object.fromEntries(Object.entries(commands).map(([name, audience]) => [name, { for: audience, run }])) })])

async function openTelegram(): Promise<Stage & { readonly api: Api; told(): string[] }> {
  const stage = await openStage()
  onTestFinished(() => stage.simulator.close())
  return {
    ...stage,
    api: new Api(TOKEN, { apiRoot: stage.simulator.origin }),
    told: () => stage.simulator.world.calls().map(({ method }) => method).filter((method) => method.startsWith('set')),
  }
}

describe('the database', () => {
  it('takes the first bot, and knows it after a restart', async () => {
    const { api } = await openTelegram()
    const file = createDatabaseFile()
    const me = await api.getMe()
    await claimDatabase(await file.open(), me)
    await expect(claimDatabase(await file.open(), me)).resolves.toBeUndefined()
  })

  it('refuses another bot, names both, says what to do, and stays with the first', async () => {
    const { api } = await openTelegram()
    const database = await createDatabaseFile().open()
    const me = await api.getMe()
    await claimDatabase(database, me)
    const claim = claimDatabase(database, { ...me, id: 99 })
    await expect(claim).rejects.toThrow(IdentityError)
    await expect(claim).rejects.toThrow(`belongs to the bot with id ${me.id}, but BOT_TOKEN is of bot 99. Set DATABASE_URL to another file`)
    await expect(claimDatabase(database, me)).resolves.toBeUndefined()
  })
})

describe('the bot presents itself', () => {
  const registry = registryOf({ start: ['anyone'], daftar: ['anyone'], tim: ['coordinator'] })

  it('with what everyone may use, in Bahasa, whatever the language of the app', async () => {
    const { api, sari, simulator } = await openTelegram()
    await presentBot({ api, database: await createDatabaseFile().open(), registry, translator })
    for (const language of ['id', 'en', 'jv']) {
      expect(simulator.world.menuCommands(sari.id, sari.id, language)).toEqual([
        { command: 'start', description: translator.plain('id', 'commands.start.description') },
        { command: 'daftar', description: translator.plain('id', 'commands.daftar.description') },
      ])
    }
    expect((await api.getMyShortDescription()).short_description).toBe(translator.plain('id', 'home.about.short'))
    expect((await api.getMyDescription()).description).toBe(translator.plain('id', 'home.about.long'))
  })

  it('once, and not again at the next start', async () => {
    const { api, told } = await openTelegram()
    const file = createDatabaseFile()
    await presentBot({ api, database: await file.open(), registry, translator })
    const first = told()
    expect(first).toEqual(['setMyCommands', 'setMyShortDescription', 'setMyDescription'])
    await presentBot({ api, database: await file.open(), registry, translator })
    expect(told()).toEqual(first)
  })

  it('again when its words or commands have changed', async () => {
    const { api, told, simulator, sari } = await openTelegram()
    const database = await createDatabaseFile().open()
    await presentBot({ api, database, registry, translator })
    const reworded: Translator = { ...translator, plain: (language, key) => (key === 'home.about.short' ? 'Kata baru' : translator.plain(language, key)) }
    await presentBot({ api, database, registry, translator: reworded })
    expect((await api.getMyShortDescription()).short_description).toBe('Kata baru')
    await presentBot({ api, database, registry: registryOf({ start: ['anyone'] }), translator: reworded })
    expect(simulator.world.menuCommands(sari.id, sari.id).map(({ command }) => command)).toEqual(['start'])
    expect(told()).toHaveLength(9)
  })

  it('again at the next start when Telegram did not take it', async () => {
    const { api, simulator } = await openTelegram()
    const database = await createDatabaseFile().open()
    simulator.faults.next('setMyDescription', { status: 500 })
    await expect(presentBot({ api, database, registry, translator })).rejects.toThrow()
    await presentBot({ api, database, registry, translator })
    expect((await api.getMyDescription()).description).toBe(translator.plain('id', 'home.about.long'))
  })
})
