import { defineConfig } from 'vitest/config'
import { findPrograms } from './postgres/server.ts'

/** The stories that lean most on the database: people's data, forms, roles, requests, what is sent and when. */
const MAIN_STORIES = ['businesses', 'consent', 'forms', 'help', 'privacy-data', 'privacy-erasure', 'profile', 'reachability', 'registration', 'reminders', 'stopping', 'team', 'tips', 'webhook']

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
          include: findPrograms() === undefined ? [] : ['tests/postgres/**/*.test.ts', ...MAIN_STORIES.map((name) => `tests/stories/${name}.test.ts`)],
        },
      },
    ],
  },
})
