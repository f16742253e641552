// What ends up in the operator's log, and above all what does not: the bot's token and personal data.

import { Bot, GrammyError, HttpError } from 'grammy'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../src/logging.ts'
import type { Log, LogFields } from '../src/logging.ts'

const TOKEN = '123456789:AAF-contoh_token_yang_panjang_sekali_123'

interface Line {
  readonly [field: string]: unknown
  readonly err?: { readonly name: string; readonly code?: unknown; readonly message: string; readonly stack: string[]; readonly cause?: Line['err'] }
}

function capture(level: 'debug' | 'info' | 'warn' = 'debug'): { readonly log: Log; readonly text: () => string; readonly line: () => Line } {
  const written: string[] = []
  const log = createLogger({ level, destination: { write: (line) => void written.push(line) } })
  return { log, text: () => written.join(''), line: () => JSON.parse(written.join('')) as Line }
}

/** Fields the compiler would refuse, as careless code could still send them. */
const careless = (fields: Record<string, unknown>): LogFields => fields as LogFields

describe('a line', () => {
  it('is JSON with time, level, event and fields', () => {
    const { log, line } = capture()
    log.info('update.applied', { updateId: 7, tookMs: 1.5, sentCount: 2, feature: 'registration', reason: 'quiet-hours', code: 'SQLITE_BUSY', host: '127.0.0.1' })
    expect(line()).toEqual({
      level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), event: 'update.applied',
      updateId: 7, tookMs: 1.5, sentCount: 2, feature: 'registration', reason: 'quiet-hours', code: 'SQLITE_BUSY', host: '127.0.0.1',
    })
  })

  it('below the level is not written', () => {
    const { log, text } = capture('warn')
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.error('d')
    expect(text().match(/"event":"\w"/g)).toEqual(['"event":"c"', '"event":"d"'])
  })
})

describe('personal data', () => {
  it.each([
    ['a name', { kind: 'Sari' }],
    ['a full name', { reason: 'sari rahayu' }],
    ['a message', { reason: 'Bu, bagaimana cara jualan?' }],
    ['a phone number', { ref: '081234567890' }],
    ['a phone number with hyphens', { ref: '0812-3456-7890' }],
    ['an international phone number', { ref: '6281234567890' }],
    ['a phone number with a plus', { personId: '+6281234567890' }],
    ['a long text', { reason: 'a'.repeat(65) }],
    ['an object', { step: { text: 'halo' } }],
    ['a list', { reason: ['halo'] }],
  ])('%s in a field is withheld', (_what, fields) => {
    const { log, line } = capture()
    log.info('x', careless(fields))
    expect(Object.entries(line())).toContainEqual([Object.keys(fields)[0], '[withheld]'])
  })

  it.each(['name', 'text', 'phone', 'username', 'payload', 'answers'])('a field %s is withheld whatever it holds', (name) => {
    const { log, line } = capture()
    log.info('x', careless({ [name]: 81_234_567_890 }))
    expect(line()[name]).toBe('[withheld]')
  })

  it('in place of an event name is withheld', () => {
    const { log, line } = capture()
    log.info('Sari Rahayu mendaftar')
    expect(line()['event']).toBe('[withheld]')
  })

  it('that has more than one word never comes through, wherever it is put', () => {
    const words = fc.array(fc.stringMatching(/^[A-Z][a-z]{2,8}$/), { minLength: 2, maxLength: 6 }).map((list) => list.join(' '))
    fc.assert(
      fc.property(words, fc.constantFrom('reason', 'ref', 'personId', 'catatan', 'err'), (said, field) => {
        const { log, text } = capture()
        log.warn(said, careless({ [field]: said, [said]: 1 }))
        expect(text()).not.toContain(said)
      }),
    )
  })

  it('quoted in an error is withheld, codes are not', () => {
    const { log, text } = capture()
    for (const broken of ['Sari Rahayu', '{"name":"Sari Rahayu" x}', '{"a":1,"name":"Sari', '["Sari" "Rahayu"]']) {
      try {
        JSON.parse(broken)
      } catch (err) {
        log.error('x', { err })
      }
    }
    log.error('x', { err: new Error('no handler for "tips.tried"') })
    expect(text().match(/"event":"x"/g)).toHaveLength(5)
    expect(text()).not.toMatch(/Sari|Rahayu/)
    expect(text()).toContain(String.raw`no handler for \"tips.tried\"`)
  })

  it.each(['0812-3456-7890', '+62 812 3456 7890', '(021) 555 1234', 'tel:081234567890'])('a phone number %s in an error is withheld', (phone) => {
    const { log, text } = capture()
    log.error('x', { err: new Error(`cannot store ${phone} twice`) })
    expect(text()).toContain('[withheld] twice')
    expect(text().replace(/"(time|stack)":("[^"]*"|\[[^\]]*\])/g, '')).not.toMatch(/\d{4}/)
  })

  it('in the message Telegram refused is withheld', () => {
    const { log, line, text } = capture()
    const refusal = { ok: false as const, error_code: 403, description: 'Forbidden: bot was blocked by the user' }
    log.warn('send.refused', { err: new GrammyError("Call to 'sendMessage' failed!", refusal, 'sendMessage', { chat_id: 5, text: 'Halo Bu Sari' }) })
    expect(line().err).toMatchObject({ name: 'GrammyError', code: 403, message: "Call to 'sendMessage' failed! (403: Forbidden: bot was blocked by the user)" })
    expect(text()).not.toContain('Sari')
  })
})

describe('the bot token', () => {
  it.each([
    ['an event', (log: Log) => log.info(`bot.${TOKEN}`)],
    ['a field', (log: Log) => log.info('x', { ref: TOKEN })],
    ['a field name', (log: Log) => log.info('x', careless({ [TOKEN]: 1 }))],
    ['an error', (log: Log) => log.error('x', { err: new Error(`GET https://api.telegram.org/bot${TOKEN}/getMe`) })],
    ['an encoded URL', (log: Log) => log.error('x', { err: new Error(`/bot${TOKEN.replace(':', '%3A')}/getMe`) })],
    ['the name of an error', (log: Log) => log.error('x', { err: Object.assign(new Error('a'), { name: TOKEN }) })],
    ['the code of an error', (log: Log) => log.error('x', { err: Object.assign(new Error('a'), { code: TOKEN }) })],
    ['the cause of an error', (log: Log) => log.error('x', { err: new Error('a', { cause: new Error(`b ${TOKEN}`) }) })],
    ['the error inside an HttpError', (log: Log) => log.error('x', { err: new HttpError(`c ${TOKEN}`, new Error(`d ${TOKEN}`)) })],
    ['a stack', (log: Log) => log.error('x', { err: Object.assign(new Error('a'), { stack: `Error: a\n    at f (/bot${TOKEN}/x.js:1:2)` }) })],
    ['a thrown text', (log: Log) => log.error('x', { err: TOKEN })],
  ])('does not come out of %s', (_where, write) => {
    const { log, text } = capture()
    write(log)
    expect(text()).toContain('"level"')
    expect(text()).not.toContain('AAF-contoh')
  })

  it('does not come out of a real request that finds nobody', async () => {
    const bot = new Bot(TOKEN, { client: { apiRoot: 'http://127.0.0.1:1', sensitiveLogs: true } })
    const { log, line, text } = capture()
    await bot.api.getMe().catch((err: unknown) => log.error('telegram.unreachable', { err }))
    expect(text()).not.toContain('AAF-contoh')
    expect(line().err).toMatchObject({ name: 'HttpError', message: expect.stringContaining('getMe'), cause: { code: 'ECONNREFUSED' } })
  })
})

describe('an error', () => {
  it('keeps name, code, message and where it was thrown', () => {
    const { log, line } = capture()
    log.error('x', { err: Object.assign(new RangeError('disk full'), { code: 'SQLITE_FULL', detail: 'rahasia' }) })
    expect(line().err).toEqual({
      name: 'RangeError', code: 'SQLITE_FULL', message: 'disk full',
      stack: expect.arrayContaining([expect.stringContaining('logging.test.ts')]),
    })
  })

  it('that causes itself ends', () => {
    const err = new Error('a')
    err.cause = err
    const { log, line } = capture()
    log.error('x', { err })
    expect(line().err?.cause?.cause).toMatchObject({ message: 'a' })
    expect(line().err?.cause?.cause).not.toHaveProperty('cause')
  })
})
