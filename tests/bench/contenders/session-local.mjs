// The form on Telegraf with telegraf-session-local keeping each chat's place, as its own documentation sets it up.
import LocalSession from 'telegraf-session-local'
import { Telegraf } from 'telegraf'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { answeredHtml, CONTROLS, QUESTIONS, questionHtml, reviewHtml, SAVE } from '../form.mjs'

export async function start({ apiRoot, folder, token }) {
  const database = join(folder, 'sessions.json')
  const sessions = new LocalSession({ database })
  const bot = new Telegraf(token, { telegram: { apiRoot } })
  bot.use(sessions.middleware())
  const html = { parse_mode: 'HTML' }

  async function ask(ctx, session) {
    const { message_id } = await ctx.reply(questionHtml(session.answers.length), { ...html, reply_markup: CONTROLS })
    session.asked = message_id
  }

  bot.start(async (ctx) => {
    ctx.session.answers = []
    await ask(ctx, ctx.session)
  })
  bot.on('text', async (ctx) => {
    const { session } = ctx
    if (!session.answers) return
    const at = session.answers.length
    if (at === QUESTIONS.length) {
      ctx.session = {}
      await ctx.telegram.editMessageReplyMarkup(ctx.chat.id, session.asked)
      await ctx.reply('Sudah tersimpan. Terima kasih.')
      return
    }
    session.answers.push(ctx.message.text)
    await ctx.telegram.editMessageText(ctx.chat.id, session.asked, undefined, answeredHtml(at, ctx.message.text), html)
    if (session.answers.length < QUESTIONS.length) await ask(ctx, session)
    else session.asked = (await ctx.reply(reviewHtml(session.answers), { ...html, reply_markup: SAVE })).message_id
  })
  void bot.launch()
  return { bytesPerConversation: () => statSync(database).size / Math.max(1, sessions.DB.get('sessions').size().value()) }
}
