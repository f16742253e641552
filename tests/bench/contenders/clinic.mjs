// The clinic itself, as it is started for people, without its sending limits: dedupe, form, funnel and outbox in one durable commit.
// Besides the form it answers `/start gema_`: one small change and one reply, the least a durable update can be.
import { join } from 'node:path'
import { startApp } from '../../../dist/src/app.js'
import { loadAssessment } from '../../../dist/src/content/assessment.js'
import { loadClinic } from '../../../dist/src/content/clinic.js'
import { defineForm, textField } from '../../../dist/src/conversation/form.js'
import { createLogger } from '../../../dist/src/logging.js'
import { packageRoot } from '../../../dist/src/package-root.js'
import { openDatabase } from '../../../dist/src/storage/database.js'
import { prepare } from '../../../dist/src/storage/prepared.js'
import { STEPS } from '../form.mjs'

const count = prepare((db, value) =>
  db
    .insertInto('counter')
    .values({ name: value('name'), value: 1 })
    .onConflict((c) => c.column('name').doUpdateSet((e) => ({ value: e('counter.value', '+', 1) }))),
)

const bench = {
  name: 'bench',
  forms: [
    {
      texts: 'registration',
      form: defineForm({ name: 'survey', version: 1, steps: Object.fromEntries(STEPS.map((step) => [step, textField({ min: 1, max: 60 })])) }),
      finish: (ctx) => ctx.say('registration.saved'),
    },
  ],
  startLinks: {
    survey: (ctx) => ctx.startForm('survey'),
    gema: async (ctx) => {
      await count(ctx.tx, { name: `gema ${ctx.person.id}` })
      await ctx.say('home.greet')
    },
  },
}

const UNLIMITED = { sendPerSecondOverall: Infinity, sendPerSecondPerChat: Infinity, sendBurstPerChat: Infinity, sendPerMinutePerGroup: Infinity }

export async function start({ apiRoot, folder, token, limits = UNLIMITED, rules = {} }) {
  const root = packageRoot()
  const database = await openDatabase(`sqlite:${join(folder, 'clinic.db')}`)
  const clinic = loadClinic(join(root, 'data/clinic.yaml'))
  const app = await startApp({
    root, database, token, apiRoot,
    clinic: { ...clinic, ...rules, limits: { ...clinic.limits, ...limits } },
    instrument: loadAssessment(join(root, 'data/assessment.yaml')),
    updates: { by: 'polling' },
    host: '127.0.0.1',
    port: 0,
    coordinatorIds: [],
    volunteerChatId: undefined,
    now: Date.now,
    random: Math.random,
    randomToken: () => 'bench-bench-bench-bench',
    clinicSecret: 'bench',
    log: createLogger({ level: 'warn' }),
    onFatal: (error) => {
      throw error
    },
    moreFeatures: [bench],
  })
  return {
    app,
    database,
    bytesPerConversation: () =>
      database.transaction(async (tx) => {
        const rows = await tx.selectFrom('conversation').selectAll().execute()
        const bytes = rows.map((row) => Object.values(row).reduce((sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value) : value === null ? 0 : 8), 0))
        return bytes.reduce((sum, one) => sum + one, 0) / Math.max(1, bytes.length)
      }),
  }
}
