import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { findPrograms } from './postgres/server.ts'

/** The stories that lean most on the database: people's data, forms, roles, requests, what is sent and when. */
const MAIN_STORIES = [
  'assessment',
  'bursts',
  'businesses',
  'case-closing',
  'case-promises',
  'case-taps',
  'kept-words',
  'right-person',
  'case-reopening',
  'cases',
  'consent',
  'contribution',
  'desk-tools',
  'digest',
  'desk', 'forms',
  'group-results',
  'heartbeat',
  'help',
  'lessons',
  'not-for-volunteers',
  'owner-card',
  'plan',
  'privacy-data',
  'privacy-erasure',
  'privacy-retention',
  'profile',
  'reachability',
  'registration',
  'relay', 'reminders',
  'retest',
  'safety',
  'scam',
  'stopping',
  'team',
  'tip-schedule',
  'tip-stopping',
  'tip-taps',
  'tips',
  'volunteers',
  'webhook',
]

/** What the store promises on either engine, and what stands closest to it. Beside them lie files with what is SQLite's own. */
const STORAGE_SUITE = ['storage/{database,migration,prepared}', 'delivery/{album,backlog,dispatcher,edits,outbox,recovery,refused}', 'people/erasure', 'schedule/lease', 'telegram/unit-of-work']

/** They keep the machine busy for minutes, each with several processes: run.js runs them after the others, one at a time. */
const BUSY_ON_SQLITE = ['tests/faults/kill-crowd.test.ts', 'tests/faults/quarter.test.ts']
const BUSY_ON_POSTGRES = 'tests/postgres/three-processes.test.ts'

const root = new URL('..', import.meta.url).pathname
const shared = { root, pool: 'threads', isolate: false, testTimeout: 60_000 } as const

const onSqlite = { test: { ...shared, name: 'sqlite', include: ['tests/**/*.test.ts'], exclude: ['tests/postgres/**', ...BUSY_ON_SQLITE] } }
const busyOnSqlite = { test: { ...shared, name: 'busy-sqlite', include: BUSY_ON_SQLITE } }
/** What has to hold on both engines, once more. */
const onPostgres = {
  test: {
    ...shared,
    name: 'postgres',
    globalSetup: 'tests/postgres/server.ts',
    include: ['postgres/**/*', ...STORAGE_SUITE, ...MAIN_STORIES.map((name) => `stories/${name}`)].map((name) => `tests/${name}.test.ts`),
    exclude: [BUSY_ON_POSTGRES],
  },
}
const busyOnPostgres = { test: { ...shared, name: 'busy-postgres', globalSetup: 'tests/postgres/server.ts', include: [BUSY_ON_POSTGRES] } }

const isPostgresHere = findPrograms() !== undefined
if (!isPostgresHere) process.stdout.write('SKIPPED: PostgreSQL is not installed here, so everything is tested on SQLite only.\n')

// Left to itself the runner keeps a processor free, which on two is half of them.
export default defineConfig({ test: { root, maxWorkers: availableParallelism(), projects: isPostgresHere ? [onSqlite, onPostgres, busyOnSqlite, busyOnPostgres] : [onSqlite, busyOnSqlite] } })
