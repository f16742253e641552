// A Telegram that answers at once, in a process of its own: it queues what people say, and counts and times what the bot sends.
// It checks nothing; the strict simulator does.
import { createServer } from 'node:http'

const BOT = { id: 7, is_bot: true, first_name: 'Bench', username: 'bench_bot', can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false }
const OK = '{"ok":true,"result":true}'
const BATCH = 100

let queue = []
let waiting
let updateId = 1
let messageId = 1
let firstPollAt
/** The run under way: whom it is about, and what is to be counted. */
let run

/** What each chat said last: place in its script, and when (ms). */
const chats = new Map()

function say(chat, text) {
  const id = chat.id
  chat.saidAt = performance.now()
  queue.push({
    update_id: updateId++,
    message: {
      message_id: messageId++, date: Math.floor(Date.now() / 1000), text,
      from: { id, is_bot: false, first_name: 'Sari', language_code: 'id' }, chat: { id, type: 'private', first_name: 'Sari' },
      ...(text.startsWith('/') && { entities: [{ type: 'bot_command', offset: 0, length: text.split(' ')[0].length }] }),
    },
  })
  if (waiting) answerPoll()
}

function sayNext(chat) {
  if (run.said === run.updates) return
  run.said += 1
  const text = run.script[chat.at % run.script.length]
  chat.at += 1
  chat.busy = true
  say(chat, text)
}

function answerPoll() {
  const { response } = waiting
  clearTimeout(waiting.timeout)
  waiting = undefined
  const batch = queue.splice(0, BATCH)
  reply(response, `{"ok":true,"result":${JSON.stringify(batch)}}`)
}

function reply(response, body) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

function poll(response, { timeout = 0 }) {
  firstPollAt ??= Date.now()
  waiting = { response, timeout: setTimeout(answerPoll, timeout * 1000) }
  if (queue.length > 0 || timeout === 0) answerPoll()
}

/** A chat was answered: it is timed, and says the next thing at once or when its turn comes. */
function heard(chatId) {
  const chat = chats.get(chatId)
  if (!run || !chat?.busy) return
  chat.busy = false
  run.latencies.push(performance.now() - chat.saidAt)
  run.heard += 1
  if (run.heard === run.updates) {
    process.send({ done: { seconds: (performance.now() - run.from) / 1000, calls: run.calls, latencies: run.latencies } })
    run = undefined
  } else if (run.everyMs === undefined) {
    if (run.readMs === 0) sayNext(chat)
    else reading.push({ chat, until: performance.now() + run.readMs })
  }
}

/** People who read what they were sent, in the order they will be done. */
let reading = []
setInterval(() => {
  const now = performance.now()
  const done = reading.findIndex(({ until }) => until > now)
  for (const { chat } of reading.splice(0, done === -1 ? reading.length : done)) if (run) sayNext(chat)
}, 2)

const server = createServer((request, response) => {
  const method = request.url.slice(request.url.lastIndexOf('/') + 1)
  let body = ''
  request.setEncoding('utf8').on('data', (text) => (body += text)).on('end', () => {
    switch (method) {
      case 'getUpdates':
        poll(response, body === '' ? {} : JSON.parse(body))
        return
      case 'getMe':
        reply(response, `{"ok":true,"result":${JSON.stringify(BOT)}}`)
        return
      case 'sendMessage': {
        const { chat_id } = JSON.parse(body)
        if (run) run.calls += 1
        reply(response, `{"ok":true,"result":{"message_id":${messageId++},"date":1790000000,"chat":{"id":${chat_id},"type":"private","first_name":"Sari"},"text":"ok"}}`)
        heard(Number(chat_id))
        return
      }
      default:
        if (run && method.startsWith('edit')) run.calls += 1
        reply(response, OK)
    }
  })
})
server.keepAliveTimeout = 60_000

/**
 * Starts a run: so many updates, from these chats. Each says the next thing `readMs` after it was answered;
 * with `everyMs` they take turns instead, one every so many ms.
 */
function start({ chatIds, script, updates, everyMs, readMs = 0 }) {
  reading = []
  run = { script, updates, everyMs, readMs, said: 0, heard: 0, calls: 0, latencies: [], from: performance.now() }
  const speaking = chatIds.map((id) => {
    const chat = chats.get(id) ?? { id, at: 0, busy: false }
    chats.set(id, chat)
    return chat
  })
  if (everyMs === undefined) {
    for (const chat of speaking) sayNext(chat)
    return
  }
  const mine = run
  let turn = 0
  const speakOnTime = () => {
    if (run !== mine) return
    const due = Math.floor((performance.now() - mine.from) / everyMs)
    while (mine.said < due && mine.said < mine.updates) {
      let looked = 0
      while (speaking[turn % speaking.length].busy && looked < speaking.length) {
        turn += 1
        looked += 1
      }
      if (looked === speaking.length) break
      sayNext(speaking[turn % speaking.length])
      turn += 1
    }
    setTimeout(speakOnTime, 1)
  }
  speakOnTime()
}

process.on('message', (message) => {
  if (message.start) start(message.start)
  if (message.forget) {
    // A new bot takes over: nothing of the last one waits, and everyone begins anew.
    queue = []
    waiting?.response.destroy()
    clearTimeout(waiting?.timeout)
    waiting = undefined
    firstPollAt = undefined
    chats.clear()
    process.send({ forgotten: true })
  }
  if (message.firstPoll) process.send({ firstPollAt: firstPollAt ?? null })
})
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => process.send({ apiRoot: `http://127.0.0.1:${server.address().port}` }))
