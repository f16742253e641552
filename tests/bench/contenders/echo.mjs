// The least a bot can do: says back what it hears, keeps nothing, forgets what it had not answered when it dies.
import { run } from '@grammyjs/runner'
import { Bot } from 'grammy'
import { createTransport } from '../../../dist/src/telegram/transport.js'

export async function start({ apiRoot, token }) {
  const bot = new Bot(token, { client: { apiRoot, timeoutSeconds: 60, fetch: createTransport(apiRoot).fetch } })
  bot.on('message:text', (ctx) => ctx.reply(ctx.message.text))
  await bot.init()
  run(bot)
  return {}
}
