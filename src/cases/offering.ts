// Offers a waiting case: to fitting volunteers and their group first, then to everyone on duty, then to coordinators. Also takes the offers
// back, and keeps the owner's own message about it true.
import { isOpenToNotices, type Person } from '../people/person.ts'
import { holdersOf } from '../people/roles.ts'
import { getPerson } from '../people/store.ts'
import type { Tx } from '../storage/database.ts'
import { volunteersOnDuty } from '../people/volunteer-store.ts'
import { isInQuietHours, type Volunteer } from '../people/volunteer.ts'
import { enqueue } from '../delivery/outbox.ts'
import { inlineMarkup, type InlineKeyboard } from '../telegram/keyboards.ts'
import type { Reader } from '../telegram/speaker.ts'
import { mayVolunteersHelp } from './audience.ts'
import { addCard, type Card, countCards, isStillOffered, linkCard, liveCards, retire, whoGaveBack } from './card-store.ts'
import { type CardContent, type CardWords, readCard } from './card.ts'
import { CaseData } from './case-data.ts'
import { reschedule } from './happening.ts'
import { afterAwake } from './lease.ts'
import { FIRST_ASKED, rankVolunteers } from './match.ts'
import type { CasePost, Sending } from './post.ts'
import { whoWasReportedIn } from './reported.ts'
import { type CaseRecord, changeCase, loadsOf, usualWait } from './store.ts'

export interface Offering {
  /** Offers it to the next circles until somebody is asked. Gives how many were. */
  offer(sending: Sending, of: CaseRecord, from?: number): Promise<number>
  /** Offers it to experts of its area who do not have it yet. Gives how many. */
  offerToExperts(sending: Sending, of: CaseRecord, butNot: number): Promise<number>
  /** Nobody can take it any more: cards that wait are dropped, those sent say so. `by`: whose card is left to who took it. */
  retireCards(sending: Sending, of: CaseRecord, as: 'taken' | 'over', by?: number): Promise<void>
  /** Her message that tells how it stands, for the first time. */
  tellStanding(sending: Sending, of: CaseRecord): Promise<void>
  /** The same message once more, true again. */
  updateStanding(sending: Sending, of: CaseRecord): Promise<void>
}

export interface OfferingDeps {
  readonly post: CasePost
  readonly words: CardWords
  readonly volunteerChatId: number | undefined
}

/** Coordinators but for the owner herself, who get messages now. */
async function reachableCoordinators(tx: Tx, owner: number): Promise<readonly Person[]> {
  const people = await Promise.all((await holdersOf(tx, 'coordinator')).filter(({ id }) => id !== owner).map(({ id }) => getPerson(tx, id)))
  return people.filter(isOpenToNotices)
}

/** Circles after the last one that asks volunteers. */
const COORDINATORS = 2
const LAST_CIRCLE = 3

export function createOffering({ post, words, volunteerChatId }: OfferingDeps): Offering {
  const { speaker } = post
  const group: Reader | undefined = volunteerChatId === undefined ? undefined : { telegramId: volunteerChatId, language: 'id', givenName: null, honorific: null }

  const cardButtons = (reader: Reader, of: CaseRecord): InlineKeyboard => {
    const one = (key: string, name: string) => post.button(reader, key, name, CaseData, { case: of.id })
    return [[one('cases.look.button', 'case-look'), one('cases.claim.button', 'case-claim')], [one('cases.skip.button', 'case-skip'), one('cases.expert.button', 'case-expert')]]
  }

  async function sendCard(sending: Sending, content: CardContent, volunteer: Volunteer): Promise<boolean> {
    const { tx, now } = sending
    const reader = await getPerson(tx, volunteer.person)
    if (!isOpenToNotices(reader)) return false
    // Who sleeps is not woken; when it is taken meanwhile the card is dropped.
    const { timeZone, quietFrom: from, quietUntil: until } = volunteer
    const notBefore = isInQuietHours(volunteer, now) ? afterAwake(now, 1, { timeZone, from, until }) : undefined
    return put(sending, content, reader, notBefore)
  }

  async function put(sending: Sending, content: CardContent, reader: Person, notBefore?: number): Promise<boolean> {
    const { tx, now } = sending
    const card = await addCard(tx, { caseId: content.case.id, person: reader.id, chatId: reader.telegramId ?? 0, now })
    const outboxId = await post.tellHtml(sending, reader, content.case.id, words.html(reader, content, now), { keyboard: cardButtons(reader, content.case), notBefore })
    if (outboxId === undefined) return false
    await linkCard(tx, card, outboxId)
    return true
  }

  async function tellGroup({ tx, now }: Sending, content: CardContent): Promise<void> {
    if (!group || volunteerChatId === undefined) return
    const of = content.case
    const card = await addCard(tx, { caseId: of.id, person: null, chatId: volunteerChatId, now })
    const keyboard = [[post.button(group, 'cases.claim.button', 'case-claim', CaseData, { case: of.id })]]
    await linkCard(tx, card, await speaker.sayHtml(tx, group, words.html(group, content, now), { keyboard }, now))
  }

  async function askVolunteers(sending: Sending, of: CaseRecord, circle: 0 | 1): Promise<number> {
    const { tx, now } = sending
    const content = await readCard(tx, of)
    const onDuty = await volunteersOnDuty(tx, now, circle === 0 ? (of.area ?? undefined) : undefined)
    const loads = await loadsOf(tx, of.personId, now)
    const wanted = { owner: of.personId, area: of.area, sector: content.sector, village: content.village, language: content.language, urgent: of.urgent }
    const live = await liveCards(tx, of.id)
    const known = new Set([...live.flatMap(({ person }) => person ?? []), ...(circle === 0 ? await whoGaveBack(tx, of.id) : []), ...(await whoWasReportedIn(tx, of.id))])
    const ranked = rankVolunteers(wanted, onDuty, loads, circle === 0 ? 'fitting' : 'on-duty', now)
      // Who wants one message a day finds it there; what can't wait reaches them all the same.
      .filter(({ person, news }) => !known.has(person) && (news === 'instant' || of.urgent))
    let asked = 0
    for (const volunteer of ranked) {
      if (circle === 0 && asked === FIRST_ASKED) break
      if (await sendCard(sending, content, volunteer)) asked += 1
    }
    if ((circle === 0 || asked > 0) && !live.some(({ person }) => person === null)) await tellGroup(sending, content)
    return asked
  }

  async function askCoordinators(sending: Sending, of: CaseRecord): Promise<number> {
    const { tx, now } = sending
    const content = await readCard(tx, of)
    let asked = 0
    for (const reader of await reachableCoordinators(tx, of.personId)) {
      const keyboard = [
        [post.button(reader, 'cases.look.button', 'case-look', CaseData, { case: of.id }), post.button(reader, 'cases.claim.button', 'case-claim', CaseData, { case: of.id })],
        [post.button(reader, 'cases.assign.button', 'case-choose-colleague', CaseData, { case: of.id })],
      ]
      await post.tellHtml(sending, reader, of.id, [speaker.html(reader, of.circle < 0 ? 'cases.straight' : 'cases.nobody', {}, now), words.html(reader, content, now)].join('\n\n'), { keyboard })
      asked += 1
    }
    return asked
  }

  async function standing({ tx, now }: Sending, owner: Person, of: CaseRecord): Promise<string> {
    const { asked, opened } = await countCards(tx, of.id)
    const wait = asked > 0 ? await usualWait(tx) : undefined
    const isAnyone = asked > 0 || (await reachableCoordinators(tx, owner.id)).length > 0
    return [
      speaker.html(owner, !isAnyone ? 'cases.standing.nobody' : asked === 0 ? 'cases.standing.coordinators' : opened === 0 ? 'cases.standing.sent' : 'cases.standing.opened', { number: of.number, count: asked, opened }, now),
      wait === undefined ? '' : speaker.html(owner, 'cases.standing.usual', { span: words.span(owner, wait) }, now),
    ].filter(Boolean).join(' ')
  }

  const standingButtons = (owner: Person, of: CaseRecord): InlineKeyboard => [[post.button(owner, 'cases.cancel.button', 'case-cancel', CaseData, { case: of.id })]]

  return {
    offer: async (sending, of, from = 0) => {
      const mayAsk = await mayVolunteersHelp(sending.tx, of)
      let circle = mayAsk ? from : Math.max(from, COORDINATORS)
      let asked = 0
      for (; circle <= LAST_CIRCLE; circle += 1) {
        asked = circle < COORDINATORS ? await askVolunteers(sending, of, circle as 0 | 1) : await askCoordinators(sending, of)
        if (asked > 0 || circle >= COORDINATORS || (circle === 1 && (await isStillOffered(sending.tx, of.id)))) break
      }
      await reschedule(sending.tx, { ...of, circle: Math.min(circle, LAST_CIRCLE) })
      return asked
    },
    offerToExperts: async (sending, of, butNot) => {
      if (!(await mayVolunteersHelp(sending.tx, of))) return 0
      const content = await readCard(sending.tx, of)
      const known = new Set([...(await liveCards(sending.tx, of.id)).map(({ person }) => person), ...(await whoWasReportedIn(sending.tx, of.id))])
      const experts = (await volunteersOnDuty(sending.tx, sending.now)).filter(
        ({ person, expertIn }) => person !== butNot && person !== of.personId && !known.has(person) && expertIn.length > 0 && (of.area === null || expertIn.includes(of.area)),
      )
      let asked = 0
      for (const expert of experts) if (await sendCard(sending, content, expert)) asked += 1
      return asked
    },
    retireCards: async (sending, of, as, by) => {
      const { tx, now } = sending
      const live = await liveCards(tx, of.id)
      await retire(tx, live.map(({ id }) => id), now)
      for (const card of live) if (card.outboxId !== null) await takeBack(sending, of, card, as, by)
    },
    tellStanding: async (sending, of) => {
      const owner = await getPerson(sending.tx, of.personId)
      const outboxId = await post.tellHtml(sending, owner, of.id, await standing(sending, owner, of), { keyboard: standingButtons(owner, of) })
      if (outboxId !== undefined) await changeCase(sending.tx, of.id, { status_outbox: outboxId })
    },
    updateStanding: async (sending, of) => {
      if (of.statusOutbox === null || of.state !== 'waiting') return
      const owner = await getPerson(sending.tx, of.personId)
      if (owner.telegramId === null) return
      const payload = { text: await standing(sending, owner, of), parse_mode: 'HTML', reply_markup: inlineMarkup(standingButtons(owner, of)) }
      await enqueue(sending.tx, { chatId: owner.telegramId, method: 'editMessageText', payload, targetId: of.statusOutbox }, sending.now)
    },
  }

  async function takeBack({ tx, now }: Sending, of: CaseRecord, card: Card, as: 'taken' | 'over', by: number | undefined): Promise<void> {
    const outboxId = card.outboxId ?? 0
    const row = await tx.selectFrom('outbox').select('state').where('id', '=', outboxId).executeTakeFirst()
    if (!row) return
    if (row.state === 'queued') {
      await enqueue(tx, { chatId: card.chatId, method: 'deleteMessage', payload: {}, targetId: outboxId }, now)
      return
    }
    const reader = card.person === null ? group : await getPerson(tx, card.person)
    if (!reader) return
    const key = card.person !== null && card.person === by ? 'cases.card.yours' : `cases.card.${as}`
    const text = speaker.html(reader, key, { number: of.number }, now)
    await enqueue(tx, { chatId: card.chatId, method: 'editMessageText', payload: { text, parse_mode: 'HTML', reply_markup: inlineMarkup([]) }, targetId: outboxId }, now)
  }
}
