// Tells coordinators how the clinic is: every morning in short, and when nothing has come in for unusually long.
// What is unusual is silence.ts; what there is to say is health.ts.
import type { Clinic } from '../../content/clinic.ts'
import type { Log } from '../../logging.ts'
import { findHeld } from '../../people/hold.ts'
import { isOpenToNotices, type Person } from '../../people/person.ts'
import { holdersOf } from '../../people/roles.ts'
import { getPerson } from '../../people/store.ts'
import { isoDay, localTime, type TimeZone, zoneOf } from '../../people/time-zone.ts'
import type { Job, JobRun } from '../../schedule/job.ts'
import { isQuiet } from '../../schedule/quiet.ts'
import { defineFeature, type Feature } from '../../telegram/feature.ts'
import { describeHealth, durationOf, type Line } from './health.ts'
import { isUnusual } from './silence.ts'
import { activeSlots, countActivity, findLastUpdate, findNotice, findUpdateAfter, hasChat, keepNotice, type Notice, readHealth } from './store.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTE_MS = 60_000

export interface HeartbeatDeps {
  readonly clinic: Clinic
  /** Since when this process takes updates, ms UTC. */
  readonly openedAt: number
  readonly log: Log
}

export function createHeartbeat({ clinic, openedAt, log }: HeartbeatDeps): Feature {
  const { heartbeatLocalHour, silenceAlarmAfterHours } = clinic.limits

  /** The last update before the silence, when it lasts for unusually long; else undefined. */
  async function findSilence({ tx, now }: JobRun): Promise<number | undefined> {
    const since = await findLastUpdate(tx, now)
    const atLeastMs = silenceAlarmAfterHours * HOUR_MS
    if (since === undefined || now - since < atLeastMs) return undefined
    return isUnusual({ since, listeningSince: openedAt, now, atLeastMs }, await activeSlots(tx)) ? since : undefined
  }

  /** What she is told now, and what she has been told then. */
  async function inform(run: JobRun, person: Person, told: Notice, silence: number | undefined): Promise<Notice> {
    const { day, hour } = localDay(run.now, zoneOf(person))
    const isMorning = day > told.heartbeatOn && hour >= heartbeatLocalHour
    if (isMorning) await say(run, person, describeHealth(await readHealth(run.tx, run.now)))
    return { heartbeatOn: isMorning ? day : told.heartbeatOn, silenceSince: await informOfSilence(run, person, told.silenceSince, silence) }
  }

  async function informOfSilence(run: JobRun, person: Person, told: number | null, silence: number | undefined): Promise<number | null> {
    const heardAt = told === null ? undefined : await findUpdateAfter(run.tx, told)
    if (told !== null && heardAt !== undefined) await say(run, person, [{ key: 'heartbeat.heard', params: {}, durationMs: heardAt - told }])
    if (silence !== undefined && silence !== told) {
      log.warn('updates.silent', { silentMs: run.now - silence })
      await say(run, person, [{ key: 'heartbeat.silent', params: {}, durationMs: run.now - silence }])
      return silence
    }
    return heardAt === undefined ? told : null
  }

  async function say({ tx, now, speaker }: JobRun, person: Person, lines: readonly Line[]): Promise<void> {
    const texts = lines.map(({ key, params, durationMs }) => {
      if (durationMs === undefined) return speaker.html(person, key, params, now)
      const { unit, count } = durationOf(durationMs)
      return speaker.html(person, key, { ...params, duration: speaker.plain(person, `heartbeat.duration.${unit}`, { count }) }, now)
    })
    await speaker.sayHtml(tx, person, texts.join('\n'), { lane: 'bulk' }, now)
  }

  const watch: Job = {
    name: 'watch-over-the-clinic',
    everyMs: MINUTE_MS,
    run: async (run) => {
      const { tx, now } = run
      await countActivity(tx, now)
      const silence = await findSilence(run)
      for (const { id, telegramId } of await findHeld(tx, () => holdersOf(tx, 'coordinator'), (one) => one.id)) {
        const person = await getPerson(tx, id)
        if (!isOpenToNotices(person) || isQuiet(now, zoneOf(person), clinic)) continue
        const told = await findNotice(tx, id)
        // Told on a day that is still far: the clock was set back, and she would wait until then.
        const isFromAhead = told !== undefined && told.heartbeatOn > localDay(now + DAY_MS, zoneOf(person)).day
        if (told && !isFromAhead) {
          const next = await inform(run, person, told, silence)
          if (next.heartbeatOn !== told.heartbeatOn || next.silenceSince !== told.silenceSince) await keepNotice(tx, id, next)
        } else if (isFromAhead || (await hasChat(tx, telegramId))) {
          // Who begins today hears of the clinic tomorrow morning.
          await keepNotice(tx, id, { heartbeatOn: localDay(now, zoneOf(person)).day, silenceSince: null })
        }
      }
      return false
    },
  }
  return defineFeature({ name: 'heartbeat', jobs: [watch] })
}

/** Such as 2026-11-23, which sorts like the days do. */
function localDay(now: number, timeZone: TimeZone): { readonly day: string; readonly hour: number } {
  const local = localTime(now, timeZone)
  return { day: isoDay(local), hour: local.hour }
}
