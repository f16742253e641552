// What an operator gets for the settings they give: the config, or every problem at once, and never a secret back.

import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, VARIABLES } from '../src/config.ts'

const TOKEN = `123456789:${'A'.repeat(35)}`

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('how updates arrive', () => {
  it('opens the simulator on this machine, with its own database, when nothing is set', () => {
    expect(readConfig({})).toMatchObject({
      updates: 'simulator', simulatorHost: '127.0.0.1', databaseUrl: 'sqlite:var/simulator.db',
      host: '127.0.0.1', port: 8080, logLevel: 'warn', clinicFile: 'data/clinic.yaml', coordinatorIds: [],
    })
  })

  it('asks Telegram for updates when a token is set', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN })).toMatchObject({
      updates: 'polling', token: TOKEN, apiRoot: 'https://api.telegram.org', databaseUrl: 'sqlite:var/klinik.db',
    })
  })

  it('lets Telegram call when there is a public address too', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN, PUBLIC_URL: 'https://klinik.example.id/', WEBHOOK_SECRET: 'rahasia_2026' })).toMatchObject({
      updates: 'webhook', publicUrl: 'https://klinik.example.id', webhookSecret: 'rahasia_2026',
    })
  })

  it('leaves the webhook secret open when none is set', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN, PUBLIC_URL: 'https://klinik.example.id' })).toMatchObject({ webhookSecret: undefined })
  })
})

describe('values', () => {
  it.each([
    ['COORDINATOR_IDS', '7, 8 ,7', { coordinatorIds: [7, 8] }],
    ['VOLUNTEER_CHAT_ID', '-1001234567890', { volunteerChatId: -1_001_234_567_890 }],
    ['PORT', '0', { port: 0 }],
    ['PORT', ' 65535 ', { port: 65_535 }],
    ['PORT', '', { port: 8080 }],
    ['HOST', '::', { host: '::' }],
    ['HOST', 'localhost', { host: 'localhost' }],
    ['SIMULATOR_HOST', '0.0.0.0', { simulatorHost: '0.0.0.0' }],
    ['DATABASE_URL', 'sqlite:/srv/klinik.db', { databaseUrl: 'sqlite:/srv/klinik.db' }],
    ['CLINIC_SECRET', 's'.repeat(32), { clinicSecret: 's'.repeat(32) }],
    ['METRICS_TOKEN', 'kunci-prometheus_2026', { metricsToken: 'kunci-prometheus_2026' }],
    ['METRICS_TOKEN', '', { metricsToken: undefined }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['CLINIC_FILE', '/etc/klinik.yaml', { clinicFile: '/etc/klinik.yaml' }],
  ])('%s=%j is taken', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toMatchObject(expected)
  })

  it.each([
    'https://bot.example.id/api/', 'http://localhost:8081', 'http://127.0.0.1:8081', 'http://10.1.2.3', 'http://172.31.0.1',
    'http://192.168.1.2:8081', 'http://[::1]:8081', 'http://[fd00::1]', 'http://telegram-bot-api:8081', 'http://bot.internal',
  ])('TELEGRAM_API_ROOT=%s is taken, without a slash at its end', (root) => {
    expect(readConfig({ BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: root })).toMatchObject({ apiRoot: root.replace(/\/$/, '') })
  })

  it.each([
    ['BOT_TOKEN', 'token'],
    ['BOT_TOKEN', `123:${'A'.repeat(29)}`],
    ['TELEGRAM_API_ROOT', 'api.telegram.org'],
    ['TELEGRAM_API_ROOT', 'ftp://api.telegram.org'],
    ['TELEGRAM_API_ROOT', 'http://api.telegram.org'],
    ['TELEGRAM_API_ROOT', 'http://172.32.0.1'],
    ['TELEGRAM_API_ROOT', 'https://user:pass@bot.example.id'],
    ['DATABASE_URL', 'postgres://klinik@db'],
    ['DATABASE_URL', 'mysql://klinik@db/klinik'],
    ['DATABASE_URL', 'var/klinik.db'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'sqlite://var/klinik.db'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['COORDINATOR_IDS', '7,,8'],
    ['COORDINATOR_IDS', '7;8'],
    ['COORDINATOR_IDS', '-100123'],
    ['COORDINATOR_IDS', '99999999999999999999'],
    ['VOLUNTEER_CHAT_ID', '1001234567890'],
    ['VOLUNTEER_CHAT_ID', '@relawan'],
    ['HOST', 'http://127.0.0.1'],
    ['HOST', '127.0.0.1:8080'],
    ['HOST', '127.0.0.999'],
    ['SIMULATOR_HOST', 'my host'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['CLINIC_SECRET', 's'.repeat(31)],
    ['METRICS_TOKEN', 'pendek'],
    ['METRICS_TOKEN', 'kunci prometheus 2026'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'prod'],
  ])('%s=%s is refused with one line that has an example', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name} m.*\\. Example: ${name}=.`)])
  })

  it.each([
    ['http://klinik.example.id', 'https'],
    ['klinik.example.id', 'https'],
    ['https://klinik.example.id/?a=1', 'query'],
    ['https://klinik.example.id:9000', 'port 443, 80, 88 or 8443'],
  ])('PUBLIC_URL=%s is refused (%s)', (value, says) => {
    expect(problemsOf({ BOT_TOKEN: TOKEN, PUBLIC_URL: value })).toEqual([expect.stringContaining(says)])
  })

  it('lets a self-hosted Bot API server call any port', () => {
    const env = { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'http://localhost:8081', PUBLIC_URL: 'https://klinik.example.id:9000' }
    expect(readConfig(env)).toMatchObject({ updates: 'webhook' })
  })

  it.each([
    ['rahasi a', 'got a space at position 7'],
    ['rahasia!', 'got another character at position 8'],
    ['a'.repeat(257), 'got 257 of them'],
  ])('WEBHOOK_SECRET=%s: %s', (value, says) => {
    expect(problemsOf({ WEBHOOK_SECRET: value })).toEqual([
      `WEBHOOK_SECRET may hold only A-Z a-z 0-9 _ - (1 to 256 of them); ${says}. Example: WEBHOOK_SECRET=rahasia_2026`,
    ])
  })
})

describe('problems', () => {
  it('come all together, one line each', () => {
    const problems = problemsOf({ BOT_TOKEN: 'x', PORT: 'x', COORDINATOR_IDS: 'x', LOG_LEVEL: 'x', BOT_TOKN: 'x' })
    expect(problems.map((line) => line.split(' ')[0])).toEqual(['BOT_TOKEN', 'COORDINATOR_IDS', 'PORT', 'LOG_LEVEL', 'BOT_TOKN'])
    expect(problems.join('')).not.toContain('\n')
  })

  it('stand in the message of the error', () => {
    expect(() => readConfig({ PORT: 'x' })).toThrow(/can't start[^]*- PORT must be/)
  })

  it.each([
    [{ NODE_ENV: 'production' }, /NODE_ENV=production/],
    [{ PUBLIC_URL: 'https://klinik.example.id' }, /PUBLIC_URL/],
  ])('%j misses BOT_TOKEN', (env, why) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(/^BOT_TOKEN must be set/)])
    expect(problemsOf(env)[0]).toMatch(why)
  })

  it('never repeat a value', () => {
    const unusable = fc.string({ minLength: 12, maxLength: 80, unit: 'grapheme-ascii' }).map((text) => `#${text}#`)
    fc.assert(
      fc.property(fc.constantFrom(...VARIABLES, 'BOT_TOKN'), unusable, (name, value) => {
        expect(problemsOf({ [name]: value }).join('\n')).not.toContain(value.trim())
      }),
    )
  })
})

describe('names', () => {
  it.each([
    ['BOT_TOKN', 'BOT_TOKEN'], ['BOTTOKEN', 'BOT_TOKEN'], ['bot_token', 'BOT_TOKEN'], ['COORDINATOR_ID', 'COORDINATOR_IDS'],
    ['DATABASE_URI', 'DATABASE_URL'], ['WEBHOOK_SECERT', 'WEBHOOK_SECRET'], ['LOGLEVEL', 'LOG_LEVEL'], ['NODE_EVN', 'NODE_ENV'],
    ['PROT', 'PORT'], ['HSOT', 'HOST'], ['PORTT', 'PORT'],
  ])('%s is reported as a slip for %s', (name, meant) => {
    expect(problemsOf({ [name]: '1' })).toEqual([expect.stringContaining(`${name} is not a setting of the clinic; did you mean ${meant}?`)])
  })

  it.each(['HOME', 'HOSTNAME', 'HOSTTYPE', 'POST', 'OS', 'TEST', 'ROOT', 'DIST', 'PGHOST', 'PGPORT', 'PATH', 'PWD', 'TERM', '_', 'TOKEN'])(
    '%s belongs to the system and is left alone',
    (name) => expect(problemsOf({ [name]: '1' })).toEqual([]),
  )
})

describe('.env.example', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')

  it('lists exactly the variables that are read, in their order, each under one comment line', () => {
    const lines = text.split('\n')
    const listed = lines.flatMap((line, index) => (/^[A-Z_]+=/.test(line) ? [{ name: line.split('=')[0], above: lines.slice(index - 2, index) }] : []))
    expect(listed.map(({ name }) => name)).toEqual(VARIABLES)
    for (const { above } of listed) expect(above).toEqual([expect.not.stringMatching(/^#/), expect.stringMatching(/^# \S/)])
  })

  it('copied as it is changes nothing', () => {
    expect(readConfig(parseEnv(text) as Record<string, string>)).toEqual(readConfig({}))
  })
})

describe('a PostgreSQL database', () => {
  const DATABASE_URL = 'postgres://klinik:rahasia@db/klinik'
  const CLINIC_SECRET = 'a-secret-of-forty-three-characters-in-tests'
  const BOT_TOKEN = `123:${'A'.repeat(35)}`

  it('is taken as it is', () => {
    expect(readConfig({ BOT_TOKEN, DATABASE_URL, CLINIC_SECRET })).toMatchObject({ databaseUrl: DATABASE_URL })
  })

  it('needs a secret that all processes share, and the problem does not tell the password', () => {
    expect(() => readConfig({ BOT_TOKEN, DATABASE_URL })).toThrow(/^- CLINIC_SECRET must be set(?!.*rahasia)/m)
  })
})
