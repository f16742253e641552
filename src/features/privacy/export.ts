// Everything the clinic holds about someone as a JSON file she can take elsewhere (UU 27/2022 art. 6 and 13).
// Instants are ISO 8601 in UTC; codes are those the clinic stores.
import { z } from 'zod'
import type { Feature } from '../../telegram/feature.ts'
import { type Account, readAccount } from './store.ts'

const Params = z.object({ person: z.number().int().positive() })

/** Read when it is sent, so that it holds what is held then. */
export const writeExport: NonNullable<Feature['documents']>[string] = async ({ tx, params }) => {
  const account = await readAccount(tx, Params.parse(params).person)
  return { fileName: 'data-saya.json', content: JSON.stringify(toExport(account), null, 2) }
}

export function toExport(account: Account): object {
  const { about } = account
  return {
    person: {
      id: about.id,
      telegramId: about.telegram_id,
      language: about.language,
      givenName: about.given_name,
      honorific: about.honorific,
      adult: about.adult === null ? null : about.adult === 1,
      phone: about.phone,
      timeZone: about.time_zone,
      memberNumber: about.member_number,
      memberSince: iso(about.member_since),
      firstSeenAt: iso(about.created_at),
      lastSeenAt: iso(about.last_seen_at),
      unreachableSince: iso(about.unreachable_at),
      pausedSince: iso(about.paused_at),
      askedWhetherToStayAt: iso(about.retention_asked_at),
      keyboardShown: about.menu_shown,
      commandsShown: about.commands_shown,
    },
    roles: account.roles.map((one) => ({ role: one.role, from: iso(one.granted_at), until: iso(one.ended_at) })),
    consents: account.consents.map((one) => ({
      purpose: one.purpose, version: one.version, sha256OfTextShown: one.text_hash, givenAt: iso(one.given_at), withdrawnAt: iso(one.withdrawn_at),
    })),
    businesses: account.businesses.map((one) => ({
      id: one.id,
      name: one.name,
      sector: one.sector,
      villageCode: one.village_code,
      product: one.product,
      age: one.age,
      workers: one.workers,
      monthlySales: one.sales_band,
      channels: one.channels === null ? null : (JSON.parse(one.channels) as unknown),
      licences: JSON.parse(one.licences) as unknown,
      addedAt: iso(one.created_at),
      changedAt: iso(one.updated_at),
    })),
    volunteer: account.volunteer && {
      state: account.volunteer.state,
      nameShown: account.volunteer.shown_name,
      areas: JSON.parse(account.volunteer.areas) as unknown,
      sectors: JSON.parse(account.volunteer.sectors) as unknown,
      languages: JSON.parse(account.volunteer.languages) as unknown,
      villageCodesBeginWith: JSON.parse(account.volunteer.regions) as unknown,
      expertIn: JSON.parse(account.volunteer.expert_in) as unknown,
      casesAWeek: account.volunteer.weekly_load,
      onDuty: account.volunteer.on_duty === 1,
      awayUntil: iso(account.volunteer.away_until),
      quietHours: [account.volunteer.quiet_from, account.volunteer.quiet_until],
      news: account.volunteer.news,
      digestHour: account.volunteer.digest_hour,
      askedNextAt: iso(account.volunteer.ask_at),
      since: iso(account.volunteer.created_at),
      changedAt: iso(account.volunteer.updated_at),
    },
    invitationsUsed: account.invitesUsed.map((one) => ({ role: one.role, at: iso(one.used_at) })),
    unfinishedForms: account.forms.map((one) => ({
      form: one.form, step: one.step, answers: JSON.parse(one.answers) as unknown, notes: JSON.parse(one.memo) as unknown,
      startedAt: iso(one.started_at), changedAt: iso(one.updated_at),
    })),
    helpRequests: account.requests.map((one) => ({
      number: one.number,
      state: one.state,
      topic: one.topic,
      about: one.about,
      createdAt: iso(one.created_at),
      closedAt: iso(one.closed_at),
      endedAs: one.outcome,
      rating: one.rating,
      wordOfThanks: one.thanks,
      messages: one.messages.map((message) => ({ from: message.author_id === about.id ? 'you' : 'helper', text: message.body, sent: partIn(message.part), at: iso(message.created_at) })),
    })),
    answersGivenToOthers: account.answers.map((one) => ({ request: one.number, text: one.body, sent: partIn(one.part), at: iso(one.created_at) })),
    selfAssessments: account.assessments.map((one) => ({
      kind: one.kind,
      questions: one.instrument,
      finishedAt: iso(one.finished_at),
      totalInThirds: one.total,
      level: one.level,
      areas: one.areas.map(({ area, score, level, priority }) => ({ area, scoreInThirds: score, level, priority })),
      answers: Object.fromEntries(one.answers.map(({ item, answer }) => [item, answer])),
      askedAgainAt: iso(one.offer_at),
      timesAskedAgain: one.offers_made,
      invitedToRetestAt: iso(one.retest_invited_at),
    })),
    planSteps: account.planSteps.map((one) => ({
      area: one.area, round: one.round, tip: one.tip, forPractice: one.is_review === 1, state: one.state,
      from: iso(one.created_at), until: iso(one.settled_at), shown: one.proof_kind, proof: one.proof, caption: one.proof_words,
    })),
    tipSchedule: account.tipSchedule && {
      weekdays: account.tipSchedule.weekdays, hour: account.tipSchedule.hour, next: iso(account.tipSchedule.next_at),
      pausedUntil: iso(account.tipSchedule.paused_until), stoppedAt: iso(account.tipSchedule.stopped_at),
    },
    tipMarks: account.tipMarks.map(({ tip, mark, at }) => ({ tip, mark, at: iso(at) })),
    reminders: account.nudges.map((one) => ({ about: one.kind, next: iso(one.next_at), timesReminded: one.made })),
    messagesOfOurOwnAccord: account.deliveries.map((one) => ({
      kind: one.kind, about: one.subject, dueAt: iso(one.due_at), state: one.state, reason: one.reason, sentAt: iso(one.sent_at),
    })),
    tipsShown: account.tips.map((one) => ({ tip: one.tip, at: iso(one.shown_at) })),
    shownToTeam: account.accesses.map((one) => ({ what: one.what, to: one.by, at: iso(one.at) })),
    trail: account.trail.map((one) => ({ action: one.action, detail: one.detail, at: iso(one.at) })),
    messagesStillKeptWithText: account.messagesKept,
  }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** What else than words a message was; null for plain words. */
function partIn(part: string | null): unknown {
  return part === null ? null : JSON.parse(part)
}
