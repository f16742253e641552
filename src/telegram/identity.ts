// Who the bot is and how it presents itself: its account, the database it belongs to, and what people see before they press start.
import type { Api } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import type { Translator } from '../i18n/translator.ts'
import type { Database } from '../storage/database.ts'
import type { Registry } from './registry.ts'

/** Thrown at start; the message tells the operator what to do. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError'
}

/**
 * Binds the database to this bot at its first start.
 * @throws IdentityError when it belongs to another bot: message ids and chats of one bot mean nothing to another.
 */
export async function claimDatabase(database: Database, bot: UserFromGetMe): Promise<void> {
  const owner = await database.transaction(async (tx) => {
    await tx.insertInto('meta').values({ key: 'bot', value: String(bot.id) }).onConflict((c) => c.doNothing()).execute()
    return tx.selectFrom('meta').select('value').where('key', '=', 'bot').executeTakeFirstOrThrow()
  })
  if (owner.value !== String(bot.id)) {
    throw new IdentityError(
      `This database belongs to the bot with id ${owner.value}, but BOT_TOKEN is of bot ${bot.id}. ` +
        'Set DATABASE_URL to another file, for example DATABASE_URL=sqlite:var/lain.db, or use the other bot\'s token.',
    )
  }
}

/** Tells Telegram the commands and descriptions that everyone sees, when they differ from what it was told last. */
export async function presentBot(deps: { api: Api; database: Database; registry: Registry; translator: Translator }): Promise<void> {
  const { api, database, registry, translator } = deps
  const names = registry.commandsFor({ roles: [], memberNumber: null })
  // Bahasa is what everyone sees first, whatever the language of the app; who chooses English gets a list of her own.
  const commands = names.map((command) => ({ command, description: translator.plain('id', `commands.${command}.description`) }))
  const short = translator.plain('id', 'home.about.short')
  const long = translator.plain('id', 'home.about.long')
  const value = JSON.stringify({ commands, short, long })
  const told = await database.transaction((tx) => tx.selectFrom('meta').select('value').where('key', '=', 'presented').executeTakeFirst())
  if (told?.value === value) return
  await api.setMyCommands(commands, { scope: { type: 'all_private_chats' } })
  await api.setMyShortDescription(short)
  await api.setMyDescription(long)
  await database.transaction((tx) =>
    tx.insertInto('meta').values({ key: 'presented', value }).onConflict((c) => c.column('key').doUpdateSet({ value })).execute(),
  )
}
