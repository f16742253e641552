// A page of the database that the disk has spoilt: the doctor says so, the clinic does what it still can or says why not, and neither makes it worse.
import { readFileSync, writeFileSync } from 'node:fs'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { examine } from '../../src/operations/doctor.ts'
import { describeFinding } from '../../src/operations/finding.ts'
import { packageRoot } from '../../src/package-root.ts'
import { registers } from '../stories/support/registering.ts'
import { type Clinic, openClinic, TOKEN } from './support/clinic.ts'
import { startProcess } from './support/process.ts'

/** Spoils the first page of a table of a clinic that is closed. */
function spoil({ databasePath }: Clinic, table: string): void {
  const database = new SqliteFile(databasePath)
  database.pragma('wal_checkpoint(TRUNCATE)')
  const page = database.prepare('select rootpage from sqlite_master where name = ?').pluck().get(table) as number
  const pageBytes = database.pragma('page_size', { simple: true }) as number
  database.close()
  const bytes = readFileSync(databasePath)
  writeFileSync(databasePath, bytes.fill(0x5a, (page - 1) * pageBytes, page * pageBytes))
}

/** What the doctor finds wrong with the database. */
async function complaints({ env }: Clinic): Promise<readonly string[]> {
  const findings = await examine({ env: { ...env, DEATH_NOTE: undefined }, root: packageRoot(), now: Date.now })
  return findings.filter(({ about, level }) => about === 'database' && level === 'problem').map(describeFinding)
}

describe.concurrent('a spoilt page', { timeout: 90_000 }, () => {
  it('that few need: the doctor names it, whoever needs it is told, everyone else is served', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    await clinic.start()
    const tinah = clinic.person('Tinah')
    await registers(tinah)
    await clinic.stop()
    spoil(clinic, 'business')
    const before = await complaints(clinic)
    expect(before).toEqual([expect.stringMatching(/is damaged.*npm run restore/)])

    await clinic.start()
    const ani = clinic.person('Ani')
    await ani.starts()
    expect(ani.news()).toContain('Klinik Ekonomi Digital')
    await tinah.says('/usaha')
    const references = clinic.rows('select reference from failed_update').map((row) => String(row['reference']))
    expect(references).toHaveLength(1)
    expect(tinah.news()).toContain(references[0])
    await tinah.says('/panduan')
    expect(tinah.news()).toContain('Panduan singkat')
    await clinic.stop()
    expect(await complaints(clinic)).toEqual(before)
  })

  it('that every start needs: it is refused in words, and the file stays as it is', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    await clinic.start()
    await clinic.stop()
    spoil(clinic, 'meta')
    const before = readFileSync(clinic.databasePath)

    const process = await startProcess({ cwd: clinic.folder, env: clinic.env })
    expect(await process.ended).toEqual({ code: 1, signal: null })
    expect(process.stderr()).toMatch(/The database is damaged.*npm run doctor.*npm run restore/)
    expect(process.stderr()).not.toMatch(/^\s+at /m)
    expect(process.stderr()).not.toContain(TOKEN)
    expect(readFileSync(clinic.databasePath).equals(before)).toBe(true)
    expect(await complaints(clinic)).toHaveLength(1)
  })
})
