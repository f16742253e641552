// A quarter of a year with three hundred owners in three time zones, in which much goes wrong. What came to each phone and what the ledger says of it is
// held against support/quarter.ts, which counts by itself. In this process: the clock is an argument.
import { describe, expect } from 'vitest'
import type { SeenMessage } from '../../src/simulator/world.ts'
import { days, hours, story, type Scene, type StoryClinic } from '../stories/support/story.ts'
import { leaveOpen, moveIn } from './support/moves-in.ts'
import { CLOSED, dayOf, END, FLOODS, hindrance, inventOwners, isAway, isQuietTime, isActingHour, nextLook, type Owner, ranIntoQuiet, slotsOf, START } from './support/quarter.ts'
import { SEED, seededChance } from './support/seeded-chance.ts'

const OWNERS = 300
const LATE = hours(6)
/** A message that is not tied to an hour comes within so many days: others, holidays and closed hours may be before it. */
const PATIENCE_DAYS = 4

/** What goes wrong with the clock and the process, by the hour at which it does. */
const TROUBLES: Readonly<Record<number, (clinic: StoryClinic) => Promise<void>>> = {
  [CLOSED.from]: async (clinic) => {
    await clinic.stops()
    clinic.simulator.faults.clear()
    await clinic.startsAgain({ after: CLOSED.until - CLOSED.from })
    await clinic.passes(0)
  },
  [Date.UTC(2026, 11, 28, 0)]: async (clinic) => {
    await clinic.stops()
    await clinic.startsAgain()
  },
  [Date.UTC(2027, 0, 12, 3)]: async (clinic) => {
    await clinic.passes(hours(3))
    await clinic.passes(-hours(3))
  },
  [Date.UTC(2027, 0, 19, 8)]: async (clinic) => {
    await clinic.passes(-hours(26))
    await clinic.passes(hours(26))
  },
  [Date.UTC(2027, 0, 26, 0)]: async (clinic) => {
    await Promise.all([clinic.passes(0), clinic.passes(0), clinic.passes(0)])
  },
}

/** In the night before a day: who wanted to, pauses, blocks the clinic or comes back; and what that day is to bring is left open. */
async function act({ person, clinic }: Scene, owners: readonly Owner[], day: number): Promise<void> {
  for (const { id, away } of owners) {
    if (away?.from === day) {
      if (away.kind === 'pause') await person('', { id }).says('/jeda')
      if (away.kind === 'block') clinic.simulator.world.blockBot(id)
      if (away.kind === 'tips-pause') {
        const phone = person('', { id })
        await phone.says('/jadwal')
        await phone.taps('Jeda seminggu')
      }
    }
    if (away?.until === day) {
      if (away.kind === 'pause') {
        const phone = person('', { id })
        await phone.says('/jeda')
        await phone.taps('Aktifkan lagi')
      }
      if (away.kind === 'block') await person('', { id }).starts()
    }
  }
  await clinic.settled()
  await leaveOpen(clinic, owners)
}

async function liveThrough(scene: Scene, owners: readonly Owner[]): Promise<void> {
  const { clinic } = scene
  while (clinic.now() < END) {
    const next = nextLook(clinic.now())
    clinic.simulator.faults.clear()
    for (const { at, retryAfter } of FLOODS) if (at === next) clinic.simulator.faults.next('sendMessage', { status: 429, retryAfter }, 12)
    await clinic.passes(next - clinic.now())
    if (isActingHour(clinic.now())) await act(scene, owners, dayOf(clinic.now(), 'Asia/Jakarta'))
    await TROUBLES[clinic.now()]?.(clinic)
  }
}

const KINDS = { tip: '💡', form: /Isian|Jawaban untuk/, plan: 'masih menunggu di rencana', offer: /sejak cek yang lalu|Cek kemampuan masih menunggu/, 'welcome-back': 'sudah lama tidak bertemu' }
const kindOf = ({ text = '' }: SeenMessage) => Object.entries(KINDS).find(([, words]) => (typeof words === 'string' ? text.includes(words) : words.test(text)))?.[0]

/** What came without her asking: not as an answer in the night, and not as the greeting at the beginning. */
const unaskedOn = ({ simulator }: StoryClinic, { id, zone }: Owner) =>
  simulator.world
    .messages(id)
    .filter(({ from, date }) => from === 'bot' && !isActingHour(date) && date !== START)
    .map((message) => ({ kind: kindOf(message), at: message.date, day: dayOf(message.date, zone) }))

/** The ledger with what became of each message in the outbox: what was taken back there never left, which the ledger knows as stale. */
const readLedger = (clinic: StoryClinic) =>
  clinic.reads((tx) =>
    tx
      .selectFrom('delivery')
      .innerJoin('person', 'person.id', 'delivery.person_id')
      .leftJoin('outbox', 'outbox.id', 'delivery.outbox_id')
      .select(['person.telegram_id as owner', 'delivery.kind', 'delivery.due_at as dueAt', 'delivery.state', 'delivery.reason', 'outbox.state as outbox'])
      .execute(),
  )
type Entry = Awaited<ReturnType<typeof readLedger>>[number]

/** One line for a slot of hers: what should have become of it and what did, told alike when they agree. */
function compareSlot(owner: Owner, slot: number, unasked: ReturnType<typeof unaskedOn>, ledger: readonly Entry[]): { readonly should: string; readonly did: string } {
  const day = dayOf(slot, owner.zone)
  const name = `${owner.id} ${new Date(slot).toISOString()}`
  const tips = unasked.filter(({ kind, at }) => kind === 'tip' && at >= slot && at <= slot + LATE && dayOf(at, owner.zone) === day)
  const other = unasked.some((one) => one.kind !== 'tip' && one.day === day)
  const entries = ledger.filter(({ kind, dueAt }) => kind === 'tip' && dueAt >= slot && dueAt <= slot + LATE)
  const outcome = entries.map(({ state, reason, outbox }) => (state === 'skipped' ? (outbox === 'superseded' ? `late (${reason})` : reason === 'one-a-day' ? 'gave-way' : reason) : state)).join()
  const did = `${name}: ${outcome}, came ${tips.length} x`
  const hindered = hindrance(owner, slot)
  if (hindered) return { should: `${name}: ${hindered}, came 0 x`, did }
  if (outcome === 'late (stale)' && ranIntoQuiet(owner, slot)) return { should: `${name}: late (stale), came 0 x`, did }
  // Her message of that day may itself have run into the quiet hours: it took the slot all the same.
  if (other || (outcome === 'gave-way' && ranIntoQuiet(owner, slot))) return { should: `${name}: gave-way, came 0 x`, did }
  return { should: `${name}: sent, came 1 x`, did }
}

/** How often a kind came to someone who was there all the time, beginning when it should. */
function compareReminders(owner: Owner, kind: string, dueAt: number, times: number, unasked: ReturnType<typeof unaskedOn>, lost: number) {
  const came = unasked.filter((one) => one.kind === kind).map(({ day }) => day)
  const first = dayOf(dueAt, owner.zone)
  const isOnTime = came.length === 0 || lost > 0 || (came[0]! >= first && came[0]! <= first + PATIENCE_DAYS)
  return { should: `${owner.id} ${kind} ${times} x, on time`, did: `${owner.id} ${kind} ${came.length + lost} x, ${isOnTime ? 'on time' : `day ${came[0]} for ${first}`}` }
}

describe(`a quarter with ${OWNERS} owners (seed ${SEED})`, () => {
  story('everyone has what she chose, once, when she can be written to, and the ledger knows the rest', async (scene) => {
    const { clinic } = scene
    const owners = inventOwners(OWNERS, seededChance(SEED))
    await moveIn(clinic, owners)
    await liveThrough(scene, owners)

    const ledger = await readLedger(clinic)
    const ledgerOf = new Map(owners.map(({ id }) => [id, ledger.filter(({ owner }) => owner === id)]))
    const phones = new Map(owners.map((owner) => [owner.id, unaskedOn(clinic, owner)]))
    const all = owners.flatMap((owner) => phones.get(owner.id)!.map((one) => ({ ...one, owner })))
    expect(all.filter(({ kind }) => kind === undefined)).toEqual([])
    expect(all.filter(({ at, owner }) => isQuietTime(at, owner.zone)).map(({ at, kind, owner }) => `${owner.id} ${owner.zone} ${kind} ${new Date(at).toISOString()}`)).toEqual([])
    const personDays = all.map(({ owner, day }) => `${owner.id} on day ${day}`).toSorted()
    expect(personDays.filter((one, at) => one === personDays[at + 1])).toEqual([])
    expect(all.filter(({ owner, day }) => isAway(owner, day, 'pause', 'block'))).toEqual([])

    const slots = owners.flatMap((owner) => slotsOf(owner).map((slot) => compareSlot(owner, slot, phones.get(owner.id)!, ledgerOf.get(owner.id)!)))
    expect(slots.filter(({ should, did }) => should !== did)).toEqual([])
    // Nothing came, and nothing was written down, that belongs to no slot.
    expect(all.filter(({ kind }) => kind === 'tip').length).toBe(slots.filter(({ did }) => did.endsWith('came 1 x')).length)
    expect(ledger.filter(({ kind }) => kind === 'tip').length).toBe(slots.length)
    expect(ledger.filter(({ state }) => state === 'queued')).toEqual([])

    const there = owners.filter(({ away }) => away === undefined || away.kind === 'tips-pause')
    const reminders = there.flatMap((owner) => {
      const lost = (kind: string) => ledgerOf.get(owner.id)!.filter((entry) => entry.kind === kind && entry.outbox === 'superseded').length
      const due = [
        ['form', 'unfinished-form', owner.formAt, 2], ['plan', 'plan', owner.planAt, 2],
        ['offer', 'reassessment', owner.offerAt !== undefined && owner.offerAt + days(20) < END ? owner.offerAt : undefined, 3],
        ['welcome-back', 'welcome-back', owner.away === undefined ? owner.lastSeen + days(30) : undefined, 2],
      ] as const
      return due.flatMap(([kind, name, at, times]) => (at === undefined ? [] : [compareReminders(owner, kind, at, times, phones.get(owner.id)!, lost(name))]))
    })
    expect(reminders.filter(({ should, did }) => should !== did)).toEqual([])
    // It was a quarter worth looking at.
    expect(all.length).toBeGreaterThan(3000)
  }, { engine: 'sqlite', inMemory: true, timeout: 600_000 })
})
