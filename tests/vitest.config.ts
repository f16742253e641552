import { defineConfig } from 'vitest/config'
import { findPrograms } from './postgres/server.ts'

/** The stories that lean most on the database: people's data, forms, roles, requests, what is sent and when. */
const MAIN_STORIES = ['businesses', 'consent', 'forms', 'help', 'privacy-data', 'privacy-erasure', 'profile', 'reachability', 'registration', 'reminders', 'stopping', 'team', 'tips', 'webhook']

/** What the store promises on either engine, and what stands closest to it. Beside them lie files with what is SQLite's own. */
const STORAGE_SUITE = ['storage/{database,migration,prepared}', 'delivery/{backlog,dispatcher,edits,outbox,recovery,refused}', 'people/erasure', 'schedule/lease', 'telegram/unit-of-work']

/** Everything on SQLite; and what has to hold on both engines once more on PostgreSQL, where it is installed. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'sqlite', include: ['tests/**/*.test.ts'], exclude: ['tests/postgres/**'] } },
      {
        extends: true,
        test: {
          name: 'postgres',
          globalSetup: 'tests/postgres/server.ts',
          include: findPrograms() === undefined ? [] : ['postgres/**/*', ...STORAGE_SUITE, ...MAIN_STORIES.map((name) => `stories/${name}`)].map((name) => `tests/${name}.test.ts`),
        },
      },
    ],
  },
})
