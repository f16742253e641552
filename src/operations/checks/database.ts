// Looks at the database file beside a clinic that may be running: whether it opens and is sound, and whose it is.
import { existsSync, statSync } from 'node:fs'
import { MIGRATIONS } from '../../storage/migration.ts'
import { findDamage, identify, readIfPossible } from '../database-file.ts'
import { type Finding, ok, problem } from '../finding.ts'

/** @param botId of the token; undefined in the simulator */
export function checkDatabase(file: string, botId: number | undefined): readonly Finding[] {
  if (!existsSync(file)) return [ok('database', `none yet at ${file}; the first start makes it`)]
  try {
    const damage = findDamage(file, 'quick')
    if (damage) return [problem('database', `${file} is damaged: ${damage}`, 'Stop the clinic and restore the newest good backup: npm run restore.')]
    const identity = identify(file)
    if (!identity) return [problem('database', `${file} is not a database of a clinic`, 'Set DATABASE_URL to another file.')]
    if (identity.version > MIGRATIONS.length) {
      const says = `${file} is at version ${identity.version}, newer than this program knows (${MIGRATIONS.length})`
      return [problem('database', says, 'Start the newer program, or restore a backup made before the upgrade.')]
    }
    if (botId !== undefined && identity.botId !== undefined && identity.botId !== botId) {
      const says = `${file} belongs to the bot ${identity.botId}, BOT_TOKEN to the bot ${botId}`
      return [problem('database', says, 'Set DATABASE_URL to another file, or use the token of that bot.')]
    }
    const behind = MIGRATIONS.length - identity.version
    const journal = readIfPossible(file, (db) => db.pragma('journal_mode', { simple: true }) as string)
    const size = (statSync(file).size / 1_000_000).toFixed(1)
    return [ok('database', `${file}, ${size} MB, sound, version ${identity.version}${behind > 0 ? ` (${behind} to come at the next start)` : ''}, journal ${journal}`)]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [problem('database', `${file} can't be read: ${reason}`, 'Run the doctor as the user the clinic runs as, and let that user read and write there.')]
  }
}
