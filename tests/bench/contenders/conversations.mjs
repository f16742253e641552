// The form as grammY's conversations plugin writes it, with one SQLite row per chat and the same durability as the clinic's.
import { conversations, createConversation } from '@grammyjs/conversations'
import { run, sequentialize } from '@grammyjs/runner'
import SqliteFile from 'better-sqlite3'
import { Bot } from 'grammy'
import { join } from 'node:path'
import { createTransport } from '../../../dist/src/telegram/transport.js'
import { answeredHtml, CONTROLS, QUESTIONS, questionHtml, reviewHtml, SAVE } from '../form.mjs'

export async function start({ apiRoot, folder, token }) {
  const file = new SqliteFile(join(folder, 'conversations.db'))
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.exec('create table conversation (key text primary key, state text not null)')
  const read = file.prepare('select state from conversation where key = ?').pluck()
  const write = file.prepare('insert into conversation values (?, ?) on conflict (key) do update set state = excluded.state')
  const remove = file.prepare('delete from conversation where key = ?')
  const storage = {
    type: 'key',
    adapter: {
      read: (key) => {
        const state = read.get(key)
        return state === undefined ? undefined : JSON.parse(state)
      },
      write: (key, state) => void write.run(key, JSON.stringify(state)),
      delete: (key) => void remove.run(key),
    },
  }

  async function survey(conversation, ctx) {
    const answers = []
    for (const at of QUESTIONS.keys()) {
      const asked = await ctx.reply(questionHtml(at), { parse_mode: 'HTML', reply_markup: CONTROLS })
      const { message } = await conversation.waitFor('message:text')
      answers.push(message.text)
      await ctx.api.editMessageText(ctx.chat.id, asked.message_id, answeredHtml(at, message.text), { parse_mode: 'HTML' })
    }
    const review = await ctx.reply(reviewHtml(answers), { parse_mode: 'HTML', reply_markup: SAVE })
    await conversation.waitFor('message:text')
    await ctx.api.editMessageReplyMarkup(ctx.chat.id, review.message_id)
    await ctx.reply('Sudah tersimpan. Terima kasih.')
  }

  const bot = new Bot(token, { client: { apiRoot, timeoutSeconds: 60, fetch: createTransport(apiRoot).fetch } })
  bot.use(sequentialize((ctx) => String(ctx.chat?.id)))
  bot.use(conversations({ storage }))
  bot.use(createConversation(survey))
  bot.command('start', (ctx) => ctx.conversation.enter('survey'))
  await bot.init()
  run(bot)
  return { bytesPerConversation: () => file.prepare('select avg(length(cast(key as blob)) + length(cast(state as blob))) from conversation').pluck().get() }
}
