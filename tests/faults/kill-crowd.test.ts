// Many people who converse at the same time, and a clinic that is killed again and again, at moments that a seed chooses: no answer lost or kept twice,
// replies in order, at most one message of each chat repeated by each death.
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FAULT_POINTS, type FaultPoint } from '../../src/fault-point.ts'
import { expectRegistered } from './support/account.ts'
import { type Clinic, type LaterPoint, openClinic } from './support/clinic.ts'
import { expectedOf, type Member, openCrowd, repeats, toldOnce } from './support/crowd.ts'
import { deedsOf, type Registrant, START } from './support/registration.ts'
import { SEED, seededChance } from './support/seeded-chance.ts'
import { WISHES } from './support/wishes.ts'

/** Together; FAULTS_KILLS sets it. */
const KILLS = Number(process.env['FAULTS_KILLS'] ?? 200)
/** A start takes most of a second, so clinics with a file of their own share the kills. */
const CLINICS = 4
const REGISTRANTS = 9
const HASTY = 3
/** A start takes about this long, so most of such deaths come in the middle of it. */
const STARTING_MS = 900
const BUSY_MS = 300
const MOST_PASSES = 12
/** A point that is not reached by then is not waited for. */
const LONGEST_LIFE_MS = 10_000

const NAMES = ['Aminah', 'Budiarti', 'Citra', 'Dewi', 'Endang', 'Fatimah', 'Gayatri', 'Hartini', 'Indah']
const registrant = (at: number): Registrant => ({
  name: NAMES[at]!, business: `Warung ${NAMES[at]}`, product: `keripik ${NAMES[at]}`, phone: `0812 9876 54${30 + at}`,
})

/** How a process ends: while it starts, some ms after it has started, or at a point. */
type Death = { readonly startingMs: number } | { readonly busyMs: number } | LaterPoint

/** Deaths there may undo an answer; a third one in a row would have it set aside. */
const UNDOES: ReadonlySet<FaultPoint> = new Set(['update.begun', 'update.handled', 'update.applied'])

function* deaths(chance: () => number, count: number): Generator<Death> {
  let undoing = 0
  for (let death = 0; death < count; death += 1) {
    const kind = chance()
    if (kind < 0.15) yield { startingMs: chance() * STARTING_MS }
    else if (kind < 0.4 && undoing < 2) {
      undoing += 1
      yield { busyMs: chance() * BUSY_MS }
    } else {
      const points = undoing < 2 ? FAULT_POINTS : FAULT_POINTS.filter((point) => !UNDOES.has(point))
      const point = points[Math.floor(chance() * points.length)]!
      undoing = UNDOES.has(point) ? undoing + 1 : 0
      yield { point, passes: Math.floor(chance() * MOST_PASSES) }
    }
  }
}

async function livesUntil(clinic: Clinic, death: Death): Promise<void> {
  clinic.diesAt(...('point' in death ? [death] : []))
  const started = clinic.start()
  if ('startingMs' in death) await pause(death.startingMs)
  else {
    await started
    await Promise.race([clinic.ended(), pause('busyMs' in death ? death.busyMs : LONGEST_LIFE_MS)])
  }
  await clinic.kill()
  await started
}

/** Registers, asks a question and goes on adding to it. Returns all she told the coordinators. */
async function registersAndAsks(member: Member, her: Registrant, isOver: () => boolean): Promise<readonly string[]> {
  for (const deed of deedsOf(her)) await member.does(deed)
  const words = [`Pertanyaan dari ${her.name}`]
  await member.does({ does: (phone) => phone.says('/bantuan'), sees: 'Silakan ceritakan' })
  await member.does({ does: (phone) => phone.says(words[0]!), sees: 'pesan sudah kami simpan' })
  await member.does({ does: (phone) => phone.taps('Sudah, kirim'), sees: 'Kirim sekarang?' })
  await member.does({ does: (phone) => phone.taps('Cukup ke koordinator saja'), sees: 'sudah dicatat. Saat ini' })
  while (!isOver()) {
    // Between two replies that read the same there is another, so that a repeated one is known.
    await member.does({ does: (phone) => phone.says('/kasus'), sees: 'Permintaan bantuan' })
    const more = `Tambahan ${words.length} dari ${her.name}`
    await member.does({ does: (phone) => phone.says(more), sees: 'Ditambahkan ke permintaan' })
    words.push(more)
  }
  return words
}

async function wantsAllAtOnce(member: Member, isOver: () => boolean): Promise<void> {
  await member.does(START)
  while (!isOver()) await member.doesAtOnce(WISHES.map(([text]) => text), WISHES.map(([, sees]) => sees))
}

describe.concurrent(`people who converse with a clinic that is killed at random (seed ${SEED})`, { timeout: 1_200_000 }, () => {
  it.for(Array.from({ length: CLINICS }, (_, at) => at + 1))('miss nothing and get nothing twice: clinic %i', async (number, { annotate, onTestFinished }) => {
    const kills = Math.ceil(KILLS / CLINICS)
    const clinic = await openClinic({ variables: { COORDINATOR_IDS: '', LOG_LEVEL: 'info' } })
    const crowd = openCrowd(clinic, seededChance(SEED + CLINICS + number))
    let isOver = false
    let isAbandoned = false
    onTestFinished(() => {
      isAbandoned = true
      return clinic.close()
    })
    await clinic.start()
    await clinic.kill()

    const registrants = Array.from({ length: REGISTRANTS }, (_, at) => registrant(at))
    const members = registrants.map(({ name }) => crowd.joins(name))
    const hasty = Array.from({ length: HASTY }, (_, at) => crowd.joins(`Tergesa ${at}`))
    const talking = Promise.all([
      Promise.all(members.map((member, at) => registersAndAsks(member, registrants[at]!, () => isOver))),
      ...hasty.map((member) => wantsAllAtOnce(member, () => isOver)),
    ])
    const dying = async () => {
      for (const death of deaths(seededChance(SEED + number), kills - 1)) if (!isAbandoned) await livesUntil(clinic, death)
      isOver = true
      clinic.diesAt()
      await clinic.start()
    }
    const [[words]] = await Promise.all([talking, dying()])
    await clinic.settled()
    expect(clinic.deaths()).toBe(kills)

    expectRegistered(clinic, registrants)
    const kept = clinic.rows('select given_name, body from case_message as m join person as p on p.id = m.author_id order by given_name, m.id')
    expect(kept).toEqual(words.flatMap((hers, at) => hers.map((body) => ({ given_name: NAMES[at], body }))))
    expect(clinic.rows('select number from help_case order by number').map((row) => row['number'])).toEqual(registrants.map((_, at) => at + 1))
    expect(clinic.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])

    const everyone = [...members, ...hasty]
    for (const member of everyone) {
      expect(toldOnce(member)).toEqual(expectedOf(member))
      const blamed = repeats(member)
      expect(blamed.filter(Number.isNaN)).toEqual([])
      expect(new Set(blamed).size).toBe(blamed.length)
    }
    const setAside = clinic.rows('select reference from failed_update').map((row) => String(row['reference']))
    expect(new Set(setAside)).toEqual(new Set(everyone.flatMap(({ references }) => [...references])))
    await annotate(
      `${clinic.deaths()} deaths, ${everyone.reduce((sum, { wanted }) => sum + wanted.length, 0)} things sent, ` +
        `${everyone.flatMap(repeats).length} messages repeated, ${setAside.length} updates set aside`,
    )
  })
})
