// Whether a group message is meant for the bot. What is not is neither answered nor remembered.
import type { Message, UserFromGetMe } from 'grammy/types'

/** A reply to the bot, its name, or a command that ends with its name. */
export function isAddressed(message: Message, bot: UserFromGetMe): boolean {
  if (message.reply_to_message?.from?.id === bot.id) return true
  const name = `@${bot.username}`.toLowerCase()
  return (message.entities ?? []).some((entity) => {
    const text = message.text?.slice(entity.offset, entity.offset + entity.length).toLowerCase() ?? ''
    return (entity.type === 'mention' && text === name) || (entity.type === 'bot_command' && text.endsWith(name))
  })
}
