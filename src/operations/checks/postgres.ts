// Looks at a PostgreSQL database beside the clinic's processes: whether it answers, whose it is, and how it is backed up. It changes nothing.
import { Client } from 'pg'
import { MIGRATIONS } from '../../storage/migration.ts'
import { type Finding, ok, problem, warning } from '../finding.ts'
import { explainPostgres, postgresCommands } from '../postgres.ts'

const CONNECT_TIMEOUT_MS = 10_000

/** @param botId of the token; undefined in the simulator. @param now ms UTC */
export async function checkPostgres(url: string, botId: number | undefined, now: number): Promise<readonly Finding[]> {
  const { dump, restore } = postgresCommands(url, now)
  const backup = ok('backup', `made by PostgreSQL's own programs, not by the clinic: ${dump} and back, with the clinic stopped: ${restore}`)
  return [await checkDatabase(url, botId), backup]
}

async function checkDatabase(url: string, botId: number | undefined): Promise<Finding> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  // Without a listener a connection that breaks would end the doctor.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows: [server] } = await client.query<{ version: string; size: string; tables: boolean }>(
      `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size, to_regclass('meta') is not null as tables`,
    )
    const about = `PostgreSQL ${server?.version}, ${server?.size}`
    if (!server?.tables) return ok('database', `${about}, empty; the first start fills it`)
    const { rows } = await client.query<{ key: string; value: string }>('select key, value from meta')
    const meta = new Map(rows.map(({ key, value }) => [key, value]))
    return judge(about, Number(meta.get('version') ?? 0), meta.get('bot'), botId)
  } catch (error) {
    return problem('database', 'it can not be used', explainPostgres(error) ?? 'Look into the log of the PostgreSQL server.')
  } finally {
    await client.end().catch(() => {})
  }
}

function judge(about: string, version: number, owner: string | undefined, botId: number | undefined): Finding {
  if (version > MIGRATIONS.length) {
    return problem('database', `it is at version ${version}, newer than this program knows (${MIGRATIONS.length})`, 'Start the newer program, or restore a backup made before the upgrade.')
  }
  if (owner !== undefined && botId !== undefined && owner !== String(botId)) {
    return problem('database', `it belongs to the bot ${owner}, BOT_TOKEN to the bot ${botId}`, 'Set DATABASE_URL to another database, or use the token of that bot.')
  }
  const behind = MIGRATIONS.length - version
  if (behind > 0) return warning('database', `${about}, version ${version}`, `${behind} changes to its tables come at the next start.`)
  return ok('database', `${about}, version ${version}`)
}
