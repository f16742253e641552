// The table of a group's results as a file for coordinators: of owners who agreed to research, and of twenty of them at least.
import type { Instrument } from '../../content/assessment.ts'
import { audit } from '../../people/audit.ts'
import type { Tx } from '../../storage/database.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { Feature } from '../../telegram/feature.ts'
import { toCsv } from './csv.ts'
import { MIN_GROUP, newestChecks } from './group.ts'
import { resultsOf } from './store.ts'

/** Sends the table, or says how many have agreed so far. */
export async function sendTable(ctx: Ctx, instrument: Instrument): Promise<void> {
  const people = newestChecks(await resultsForResearch(ctx.tx, instrument)).length
  if (people < MIN_GROUP) {
    await ctx.say('group-results.csv.too-few', { people, least: MIN_GROUP })
    return
  }
  await audit(ctx.tx, { at: ctx.now, actor: ctx.person.id, action: 'group-results-sent', subject: `instrument:${instrument.version}`, detail: String(people) })
  await ctx.say('group-results.csv.caption', {}, { document: { name: 'group-results', params: {} } })
}

/** Read when it is sent: whoever withdrew until then is not in it. */
export function createTable(instrument: Instrument): NonNullable<Feature['documents']>[string] {
  return async ({ tx }) => {
    const content = toCsv(instrument, await resultsForResearch(tx, instrument))
    if (typeof content !== 'string') throw new Error(`Only ${content.people} people agree to research now: nothing is sent of fewer than ${MIN_GROUP}.`)
    return { fileName: `hasil-kelompok-${instrument.version}.csv`, content }
  }
}

async function resultsForResearch(tx: Tx, instrument: Instrument) {
  return (await resultsOf(tx, instrument.version)).filter(({ forResearch }) => forResearch)
}
