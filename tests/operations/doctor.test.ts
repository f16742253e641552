import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backUp, noteBackup } from '../../src/operations/backup.ts'
import { judgeRoom } from '../../src/operations/checks/disk.ts'
import type { DataFolder } from '../../src/operations/data-folder.ts'
import { examine } from '../../src/operations/doctor.ts'
import { recordErasures } from '../../src/operations/erasure-record.ts'
import { describeDuration, describeFinding } from '../../src/operations/finding.ts'
import { packageRoot } from '../../src/package-root.ts'
import { startSimulator } from '../../src/simulator/server.ts'
import type { Simulator } from '../../src/simulator/world.ts'
import { MIGRATIONS } from '../../src/storage/migration.ts'
import { BOT_ID, DAY, damage, fill, inDataFolder, SECRET, withDatabase } from './fixture.ts'

const TOKEN = `${BOT_ID}:abcdefghijklmnopqrstuvwxyzABCDE`

interface Clinic {
  readonly folder: DataFolder
  readonly simulator: Simulator
  readonly env: Record<string, string>
  /** The machine's clock; Telegram's is the real one. */
  readonly clock: { now: () => number }
}

/** A clinic in good order; `break` it and see what the doctor says: a line per finding. */
async function diagnosis(breakIt: (clinic: Clinic) => Promise<void> | void = () => {}): Promise<string[]> {
  return inDataFolder(async (folder) => {
    const clock = { now: Date.now }
    const simulator = await startSimulator({ now: Date.now, token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' } })
    const clinicFile = join(dirname(folder.folder), 'clinic.yaml')
    writeFileSync(clinicFile, readFileSync(join(packageRoot(), 'data/clinic.yaml'), 'utf8').replace('Contoh Lembaga', 'Koperasi Maju Bersama'))
    const env = { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: simulator.origin, DATABASE_URL: `sqlite:${folder.database}`, CLINIC_FILE: clinicFile, CLINIC_SECRET: SECRET, COORDINATOR_IDS: '3001' }
    try {
      await withDatabase(folder.database, async (database) => {
        await fill(database)
        await backUp(folder, { keptDays: 30, now: Date.now() })
        await database.transaction((tx) => noteBackup(tx, Date.now()))
      })
      await breakIt({ folder, simulator, env, clock })
      return (await examine({ env, root: packageRoot(), now: clock.now })).map(describeFinding)
    } finally {
      await simulator.close()
    }
  })
}

const ills = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('ok '))

const call = (simulator: Simulator, method: string, params: object = {}) =>
  fetch(`${simulator.origin}/bot${TOKEN}/${method}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(params) })

const sql = (text: string) => async ({ folder }: Clinic) => {
  const { default: SqliteFile } = await import('better-sqlite3')
  const db = new SqliteFile(folder.database)
  db.exec(text)
  db.close()
}

const outboxRow = (state: string, error: string, at: number) =>
  `insert into outbox (chat_id, lane, method, state, error, next_at, created_at, settled_at) values (1, 'reply', 'sendMessage', '${state}', '${error}', ${at}, ${at}, ${state === 'queued' ? 'null' : at})`

const failedRow = (outcome: string) =>
  `insert into failed_update (update_id, outcome, reference, error, failed_at) values (1, '${outcome}', 'K7P2', 'x', ${Date.now()})`

describe('the doctor', () => {
  it('finds nothing to mend in a clinic in good order, and says so about each thing', async () => {
    const lines = await diagnosis()
    // How much room the disk of this machine has is not the clinic's doing.
    expect(ills(lines).filter((line) => !/^\w+ +disk /.test(line))).toEqual([])
    const about = ['settings', 'clinic file', 'content', 'token', 'polling', 'clock', 'database', 'disk', 'data folder', 'backup', 'erasures', 'dead letters', 'unknown sends', 'updates', 'quarantine']
    expect(lines.map((line) => line.slice(9, 22).trim())).toEqual(about)
    expect(lines.join('\n')).toContain('@klinik_bot')
  })

  it.each<{ what: string; breakIt: (clinic: Clinic) => Promise<unknown> | void; says: RegExp }>([
    { what: 'a token that Telegram does not know', breakIt: ({ env }) => void (env['BOT_TOKEN'] = TOKEN.replace('abc', 'xyz')), says: /^problem +token .*@BotFather/ },
    { what: 'no way to Telegram', breakIt: ({ env }) => void (env['TELEGRAM_API_ROOT'] = 'http://127.0.0.1:9'), says: /^problem +telegram +no answer from 127\.0\.0\.1:9 .*TELEGRAM_API_ROOT/ },
    { what: 'trouble at Telegram', breakIt: ({ simulator }) => simulator.faults.next('getMe', { status: 500 }), says: /^problem +telegram +answers 500/ },
    {
      what: 'a webhook left over', breakIt: ({ simulator }) => call(simulator, 'setWebhook', { url: 'https://lama.example.id/rahasia' }),
      says: /^warning +webhook +one is still set, at lama\.example\.id\. .*removes it/,
    },
    { what: 'a webhook that is not set', breakIt: ({ env }) => void (env['PUBLIC_URL'] = 'https://klinik.example.id'), says: /^warning +webhook +none is set/ },
    {
      what: 'a webhook that leads elsewhere',
      breakIt: async ({ env, simulator }) => {
        env['PUBLIC_URL'] = 'https://klinik.example.id'
        await call(simulator, 'setWebhook', { url: 'https://lain.example.id/telegram/webhook' })
      },
      says: /^problem +webhook +it is set at lain\.example\.id, not at https:\/\/klinik\.example\.id\//,
    },
    {
      what: 'many messages that nobody takes',
      breakIt: ({ simulator: { world } }) => {
        const { id } = world.addPerson({ firstName: 'Sari' })
        world.start(id)
        for (let count = 0; count < 120; count += 1) world.sendText(id, id, 'halo')
      },
      says: /^warning +polling +121 messages wait/,
    },
    { what: 'a clock that is ahead', breakIt: ({ clock }) => void (clock.now = () => Date.now() + 5 * 60_000), says: /^warning +clock +this machine is [45] minutes ahead of Telegram/ },
    { what: 'a clock that is behind', breakIt: ({ clock }) => void (clock.now = () => Date.now() - 90_000), says: /^warning +clock +this machine is \d+ seconds behind Telegram/ },
    { what: 'a database of another bot', breakIt: sql(`update meta set value = '99' where key = 'bot'`), says: /^problem +database .* belongs to the bot 99, BOT_TOKEN to the bot 700000001/ },
    { what: 'a newer database', breakIt: sql(`update meta set value = '${MIGRATIONS.length + 1}' where key = 'version'`), says: /^problem +database .* newer than this program/ },
    { what: 'a database of another program', breakIt: sql('drop table meta'), says: /^problem +database .* not a database of a clinic/ },
    { what: 'a damaged database', breakIt: ({ folder }) => damage(folder.database), says: /^problem +database .* is damaged.*npm run restore/ },
    { what: 'a text in place of the database', breakIt: ({ folder }) => writeFileSync(folder.database, 'catatan '.repeat(1000)), says: /^problem +database .* is damaged/ },
    { what: 'a backup that is old', breakIt: sql(`update meta set value = '${Date.now() - 5 * DAY}' where key = 'last_backup_at'`), says: /^warning +backup +the last one was made 5 days ago.*npm run backup/ },
    {
      what: 'a secret that erasures were not recorded with',
      breakIt: ({ folder }) => recordErasures(folder.erasures, 'an-older-secret-that-nobody-remembers', [{ keyHash: 'a', erasedAt: 1 }]),
      says: /^problem +erasures +.*another clinic secret/,
    },
    { what: 'a secret that is gone', breakIt: ({ folder, env }) => { recordErasures(folder.erasures, SECRET, [{ keyHash: 'a', erasedAt: 1 }]); delete env['CLINIC_SECRET'] }, says: /^problem +erasures +the clinic secret is gone/ },
    { what: 'messages that Telegram refused', breakIt: sql(outboxRow('dead', '400 Bad Request: message text is empty', Date.now())), says: /^warning +dead letters +1 this week .*message text is empty/ },
    { what: 'messages that may have been lost', breakIt: sql(outboxRow('unknown', '', Date.now())), says: /^warning +unknown sends +1 this week/ },
    { what: 'a message that waits', breakIt: sql(outboxRow('queued', '', Date.now() - 3 * 3_600_000)), says: /^warning +outbox +a message has waited 3 hours/ },
    { what: 'an update that could not be applied', breakIt: sql(failedRow('failed')), says: /^warning +updates +1 this week .*K7P2/ },
    { what: 'an update in quarantine', breakIt: sql(failedRow('quarantined')), says: /^warning +quarantine +1 this week .*K7P2/ },
    { what: 'a data folder that others may read', breakIt: ({ folder }) => chmodSync(folder.folder, 0o755), says: /^warning +data folder +.*chmod 700/ },
    { what: 'an operator that is made up', breakIt: ({ env }) => void delete env['CLINIC_FILE'], says: /^problem +clinic file +people would be told a made-up operator/ },
    { what: 'a clinic file that is not there', breakIt: ({ env }) => void (env['CLINIC_FILE'] = '/nowhere/clinic.yaml'), says: /^problem +clinic file +\/nowhere\/clinic\.yaml/ },
  ])('sees $what', async ({ breakIt, says }) => {
    const lines = await diagnosis(async (clinic) => void (await breakIt(clinic)))
    expect(ills(lines)).toContainEqual(expect.stringMatching(says))
  })

  it('takes people who left for no trouble', async () => {
    const lines = await diagnosis(sql(outboxRow('dead', '403 Forbidden: bot was blocked by the user', Date.now())))
    expect(ills(lines).filter((line) => line.includes('dead letters'))).toEqual([])
  })

  it('says what could not be delivered to the webhook', async () => {
    const lines = await diagnosis(async ({ env, simulator }) => {
      // Nothing listens there.
      await call(simulator, 'setWebhook', { url: 'https://127.0.0.1:9/telegram/webhook' })
      env['PUBLIC_URL'] = 'https://127.0.0.1:9'
      const { id } = simulator.world.addPerson({ firstName: 'Sari' })
      simulator.world.start(id)
      await expect.poll(async () => JSON.stringify(await (await call(simulator, 'getWebhookInfo')).json()), { timeout: 5000 }).toContain('last_error_message')
    })
    expect(ills(lines)).toContainEqual(expect.stringMatching(/^warning +webhook +\d+ seconds? ago Telegram could not deliver: .*PUBLIC_URL/))
  })

  it('lists every setting that is wrong, and goes on with what needs none', async () => {
    const lines = await diagnosis(({ env }) => {
      env['BOT_TOKEN'] = 'rahasia-yang-salah-tempat'
      env['PORT'] = 'delapan'
      env['COORDINATOR_ID'] = '7'
    })
    expect(ills(lines).map((line) => /BOT_TOKEN|PORT|COORDINATOR_IDS/.exec(line)?.[0])).toEqual(['BOT_TOKEN', 'PORT', 'COORDINATOR_IDS'])
    expect(lines.at(-1)).toMatch(/^ok +content/)
  })

  it('never shows a secret', async () => {
    const shown = [
      await diagnosis(),
      await diagnosis(({ env }) => void (env['TELEGRAM_API_ROOT'] = 'http://127.0.0.1:9')),
      await diagnosis(({ env }) => void (env['BOT_TOKEN'] = `${TOKEN} `.replace('a', '!'))),
      await diagnosis(({ simulator }) => simulator.faults.next('getMe', 'drop-after-apply')),
    ].flat().join('\n')
    for (const secret of [TOKEN, TOKEN.slice(TOKEN.indexOf(':') + 4), SECRET]) expect(shown).not.toContain(secret)
  })

  it('knows the simulator, and asks Telegram nothing', async () => {
    const lines = await diagnosis(({ env }) => {
      delete env['BOT_TOKEN']
      delete env['CLINIC_FILE']
    })
    expect(lines[0]).toMatch(/^ok +settings +BOT_TOKEN is not set: simulator/)
    expect(lines.filter((line) => /token|webhook|clock|polling/.test(line.slice(9, 22)))).toEqual([])
    expect(ills(lines).filter((line) => line.startsWith('problem') && !line.includes('disk'))).toEqual([])
  })

  it('says before the first start what is still to come', async () => {
    await inDataFolder(async (folder) => {
      const env = { DATABASE_URL: `sqlite:${folder.database}` }
      const lines = (await examine({ env, root: packageRoot(), now: Date.now })).map(describeFinding)
      expect(ills(lines)).toEqual([])
      expect(lines.filter((line) => line.includes('the first start makes it'))).toHaveLength(2)
    })
  })

  it('misses a backup that was moved away', async () => {
    const lines = await diagnosis(({ folder }) => rmSync(folder.backups, { recursive: true }))
    expect(ills(lines)).toContainEqual(expect.stringMatching(/^warning +backup +the last one was made \d+ seconds? ago, but lies no longer in/))
  })

  it('misses a backup that was never made', async () => {
    const lines = await diagnosis(async (clinic) => {
      rmSync(clinic.folder.backups, { recursive: true })
      await sql(`delete from meta where key = 'last_backup_at'`)(clinic)
    })
    expect(ills(lines)).toContainEqual(expect.stringMatching(/^warning +backup +there is none\. .*npm run backup/))
  })
})

describe('room on the disk', () => {
  const MB = 1_000_000
  it.each([
    { free: 50 * MB, database: 0, level: 'problem' },
    { free: 500 * MB, database: MB, level: 'warning' },
    { free: 5000 * MB, database: MB, level: 'ok' },
    { free: 5000 * MB, database: 3000 * MB, level: 'problem' },
    { free: 5000 * MB, database: 1000 * MB, level: 'warning' },
  ])('$free bytes beside a database of $database is $level', ({ free, database, level }) => {
    expect(judgeRoom(free, database).level).toBe(level)
  })
})

describe('durations', () => {
  it.each([
    [0, '0 seconds'], [1000, '1 second'], [119_000, '119 seconds'], [120_000, '2 minutes'], [7_200_000, '2 hours'], [47 * 3_600_000, '47 hours'], [5 * DAY, '5 days'],
  ])('%d ms are %s', (ms, says) => expect(describeDuration(ms)).toBe(says))
})
