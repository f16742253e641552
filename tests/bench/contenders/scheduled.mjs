// The clinic with many people who want their tips in the same minute: what it says of its own accord leaves as fast as Telegram allows, and no faster.
import { start as startClinic } from './clinic.mjs'

/** 24 a second of its own accord, Telegram's 30 less what is kept free for replies; replies themselves are not held back. */
const LIMITS = { sendPerSecondOverall: 240, bulkSharePercent: 10, sendPerSecondPerChat: 1000, sendBurstPerChat: 1000 }

export async function start(options) {
  const { app, database } = await startClinic({ ...options, limits: LIMITS, rules: { quietHours: [], holidays: [] } })
  return {
    /** Makes the tips of `count` people due and has them written into the outbox. Those still waiting from before are taken away. */
    async fire({ firstPerson, count }) {
      await database.transaction(async (tx) => {
        await tx.updateTable('outbox').set({ state: 'superseded', settled_at: Date.now() }).where('lane', '=', 'bulk').where('state', '=', 'queued').execute()
        await tx.updateTable('tip_schedule').set({ next_at: Date.now() }).where('person_id', '>=', firstPerson).where('person_id', '<', firstPerson + count).execute()
        await tx.updateTable('job').set({ next_at: 0 }).where('name', '=', 'notices').execute()
      })
      const from = performance.now()
      await app.tick()
      const seconds = (performance.now() - from) / 1000
      const { queued } = await database.transaction((tx) =>
        tx.selectFrom('delivery').select((e) => e.fn.countAll().as('queued')).where('person_id', '>=', firstPerson).where('person_id', '<', firstPerson + count).where('day', 'is not', null).executeTakeFirstOrThrow(),
      )
      return { seconds, queued: Number(queued) }
    },
  }
}
