// The menu of large buttons and the command list of one person: both follow from the features and fit her role and progress.
import type { ReplyKeyboardMarkup } from 'grammy/types'
import { LANGUAGES } from '../content/language.ts'
import { enqueue } from '../delivery/outbox.ts'
import type { Translator } from '../i18n/translator.ts'
import { changePerson } from '../people/store.ts'
import type { Person } from '../people/person.ts'
import type { Tx } from '../storage/database.ts'
import { menuMarkup } from './keyboards.ts'
import type { Registry } from './registry.ts'

export interface Menu {
  keyboard(person: Person, unfinishedForms: number): ReplyKeyboardMarkup
  /** The command whose large button says this, in any language. */
  findCommand(text: string): string | undefined
  /** Whether the list of commands that Telegram got last is this person's. */
  listsCommandsOf(person: Person): boolean
  /** Asks Telegram to list this person's commands (scope: her chat) when they differ from what it got last. */
  registerCommands(tx: Tx, person: Person, now: number): Promise<void>
}

export function createMenu({ registry, translator }: { registry: Registry; translator: Translator }): Menu {
  const labels = new Map<string, string>()
  for (const language of LANGUAGES) {
    for (const [name, command] of registry.commands) {
      if (command.menu !== undefined) labels.set(translator.plain(language, `commands.${name}.button`), name)
    }
  }
  const shownTo = (person: Person) => [person.language, ...registry.commandsFor(person)].join(' ')
  const listsCommandsOf = (person: Person) => person.commandsShown === shownTo(person)
  return {
    keyboard: (person, unfinishedForms) =>
      menuMarkup(
        registry.menuFor({ person, unfinishedForms }).map((name) => translator.plain(person.language, `commands.${name}.button`)),
        translator.plain(person.language, 'home.placeholder'),
      ),
    findCommand: (text) => labels.get(text.trim()),
    listsCommandsOf,
    registerCommands: async (tx, person, now) => {
      if (person.telegramId === null || listsCommandsOf(person)) return
      const commands = registry.commandsFor(person).map((command) => ({ command, description: translator.plain(person.language, `commands.${command}.description`) }))
      await enqueue(
        tx,
        {
          chatId: person.telegramId,
          method: 'setMyCommands',
          lane: 'setup',
          payload: { commands, scope: { type: 'chat', chat_id: person.telegramId } },
        },
        now,
      )
      await changePerson(tx, person.id, { commands_shown: shownTo(person) })
    },
  }
}
