// Asking for help: what she tells is kept piece by piece, something that may help at once is shown first, and she sees what volunteers
// will see before it goes to them.
import { fittingAnswer } from '../../cases/answers.ts'
import { approvedAnswers } from '../../cases/answer-store.ts'
import { type CardWords, readCard } from '../../cases/card.ts'
import { draftsOf, dropDrafts, keepDraft } from '../../cases/drafts.ts'
import { addMessage } from '../../cases/messages.ts'
import type { Offering } from '../../cases/offering.ts'
import { scamBranchOf } from '../../cases/scam.ts'
import { casesOf, type CaseRecord, changeCase, createCase, findCase, holdCase } from '../../cases/store.ts'
import { SENT_ANYWAY_AFTER_MS } from '../../cases/timing.ts'
import { suggestTopic } from '../../cases/topic.ts'
import type { Facts } from '../../content/facts.ts'
import type { HelpTopic } from '../../content/help-topics.ts'
import { currentTips, type Tip } from '../../content/tips.ts'
import type { Answers } from '../../conversation/form.ts'
import { isUrgent } from '../../conversation/parse/urgent.ts'
import { consentsOf, giveConsent } from '../../people/consent.ts'
import { addressed } from '../../people/person.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { InlineButton } from '../../telegram/keyboards.ts'
import { helpForm } from './form.ts'
import { isTooLargeToRename, partOf, wordsOf } from '../../telegram/part.ts'

export interface AskingDeps {
  readonly offering: Offering
  readonly words: CardWords
  readonly topics: readonly HelpTopic[]
  readonly tips: readonly Tip[]
  readonly facts: Facts
}

export interface Asking {
  /** Opens the form; whoever has a case open is asked first whether it is about that one. */
  begin(ctx: Ctx): Promise<void>
  /** Keeps one message of the form. */
  keep(ctx: Ctx): Promise<number | undefined>
  /** Makes a case of what she told. */
  ask(ctx: Ctx, answers: Answers, subject: string | null): Promise<void>
  /** Shows the whole tip, and below it what she can do with her request. */
  readTip(ctx: Ctx, caseId: number, tip: string): Promise<void>
  /** What was shown did not help: shows what will be sent. */
  showPreview(ctx: Ctx, caseId: number): Promise<void>
  /** Sends it on: to volunteers, with her consent, or to coordinators alone. */
  send(ctx: Ctx, caseId: number, to: 'volunteers' | 'coordinators'): Promise<void>
  askTopic(ctx: Ctx, caseId: number): Promise<void>
  setTopic(ctx: Ctx, caseId: number, topic: string): Promise<void>
}

export function createAsking({ offering, words, topics, tips, facts }: AskingDeps): Asking {
  const helpfulTip = (topic: HelpTopic | undefined, now: number): Tip | undefined => {
    const current = currentTips(tips, facts, now)
    return topic?.tips.flatMap((id) => current.filter((tip) => tip.id === id))[0]
  }

  /** Her own case that is not on its way yet; others say so. */
  async function unsent(ctx: Ctx, caseId: number): Promise<CaseRecord | undefined> {
    const found = await holdCase(ctx.tx, caseId)
    if (found?.personId !== ctx.person.id) ctx.toast('help.not-here')
    else if (found.state !== 'waiting' || found.circle >= 0) ctx.toast('help.sent-already')
    else return found
    await ctx.changeButtons()
    return undefined
  }

  /** Her own case that waits for coordinators because she did not agree to volunteers. */
  async function sentWithoutConsent(ctx: Ctx, caseId: number): Promise<CaseRecord | undefined> {
    const found = await holdCase(ctx.tx, caseId)
    const isSent = found?.personId === ctx.person.id && found.state === 'waiting' && found.circle >= 0
    return isSent && !(await consentsOf(ctx.tx, ctx.person.id)).has('contact') ? found : undefined
  }

  const selfHelp = (ctx: Ctx, { id }: CaseRecord): InlineButton[][] => [
    [ctx.button('help.helped.button', 'help-helped', { case: id })],
    [ctx.button('help.still.button', 'help-preview', { case: id })],
  ]

  async function preview(ctx: Ctx, of: CaseRecord): Promise<void> {
    const agreed = (await consentsOf(ctx.tx, ctx.person.id)).has('contact')
    const content = await readCard(ctx.tx, of)
    const html = [
      ctx.t('help.preview', { number: of.number, topic: words.topic(ctx.person, of) }),
      words.preview(ctx.person, content, ctx.now),
      content.attached.some(({ kind }) => kind === 'contact') ? ctx.t('help.contact-shows') : '',
      agreed ? '' : ctx.t('help.consent'),
      ctx.t('help.preview-ask'),
    ]
    const data = { case: of.id }
    await ctx.sayHtml(html.filter(Boolean).join('\n\n'), {
      keyboard: [
        [ctx.button(agreed ? 'help.send.button' : 'help.agree-send.button', 'help-send', data)],
        [ctx.button('help.coordinators-only.button', 'help-coordinators', data)],
        [ctx.button('help.topic.button', 'help-topic', data), ctx.button('cases.cancel.button', 'case-cancel', data)],
      ],
    })
  }

  return {
    begin: async (ctx) => {
      const open = (await casesOf(ctx.tx, ctx.person.id)).find(({ state }) => state !== 'closed')
      if (!open || ctx.conversations.some((row) => row.form === helpForm.name)) {
        await ctx.startForm(helpForm.name)
        return
      }
      await ctx.say('help.waiting', { number: open.number, topic: words.topic(ctx.person, open) }, {
        keyboard: [[ctx.button('help.see.button', 'help-case', { case: open.id })], [ctx.button('help.new.button', 'help-new')]],
      })
    },
    keep: async (ctx) => {
      const part = ctx.message && partOf(ctx.message)
      if (!ctx.message || !part || isTooLargeToRename(part)) return undefined
      return keepDraft(ctx.tx, { person: ctx.person.id, purpose: 'ask', part, sourceMessage: ctx.message.message_id, now: ctx.now })
    },
    ask: async (ctx, answers, subject) => {
      const branch = scamBranchOf(subject) ?? null
      const about = branch === null ? subject : null
      const told = await draftsOf(ctx.tx, ctx.person.id, 'ask', answers['message'] as readonly number[])
      const text = told.map(({ part }) => wordsOf(part) ?? '').filter(Boolean).join('\n')
      const urgent = branch !== null || isUrgent(text)
      const topic = suggestTopic([about ?? '', text].join(' '), topics)
      const made = await createCase(ctx.tx, {
        person: ctx.person.id, topic: topic?.id ?? null, area: topic?.area ?? null, about, branch, urgent, dueAt: ctx.now + SENT_ANYWAY_AFTER_MS, now: ctx.now,
      })
      for (const { part, sourceMessage } of told) {
        await addMessage(ctx.tx, { caseId: made.id, author: ctx.person.id, part, source: ctx.person.telegramId === null ? undefined : { chat: ctx.person.telegramId, message: sourceMessage }, now: ctx.now })
      }
      await dropDrafts(ctx.tx, ctx.person.id, 'ask')
      // Advice that can't wait comes before anything else; the request goes on its way all the same.
      if (urgent && branch === null) await ctx.press('scam', {})
      const card = urgent ? undefined : fittingAnswer(text, made.area, await approvedAnswers(ctx.tx, made.area))
      if (card) {
        await ctx.say('help.answered-before', { number: made.number, question: card.question, answer: card.answer }, { keyboard: selfHelp(ctx, made) })
        return
      }
      const tip = urgent ? undefined : helpfulTip(topic, ctx.now)
      if (!tip) {
        await preview(ctx, made)
        return
      }
      await ctx.say('help.maybe', { number: made.number, title: tip.title, action: addressed(tip.action, ctx.person) }, {
        keyboard: [[ctx.button('help.read-tip.button', 'help-read', { case: made.id, tip: tip.id })], ...selfHelp(ctx, made)],
      })
    },
    readTip: async (ctx, caseId, tip) => {
      await ctx.press('tip-how', { tip })
      const found = await findCase(ctx.tx, caseId)
      if (found?.personId === ctx.person.id && found.state === 'waiting' && found.circle < 0) await ctx.say('help.after-tip', { number: found.number }, { keyboard: selfHelp(ctx, found) })
    },
    showPreview: async (ctx, caseId) => {
      const found = await unsent(ctx, caseId)
      if (!found) return
      await ctx.changeButtons()
      await preview(ctx, found)
    },
    send: async (ctx, caseId, to) => {
      // Sent on while she was away it went to coordinators only: her yes still brings it to volunteers.
      const late = to === 'volunteers' ? await sentWithoutConsent(ctx, caseId) : undefined
      const found = late ?? (await unsent(ctx, caseId))
      if (!found) return
      await ctx.changeButtons()
      if (to === 'volunteers') {
        await giveConsent(ctx.tx, { person: ctx.person.id, purpose: 'contact', text: ctx.t('help.consent'), messageId: ctx.callbackQuery?.message?.message_id ?? null, now: ctx.now })
      }
      const coordinatorsOnly = to === 'coordinators'
      await changeCase(ctx.tx, caseId, { coordinators_only: coordinatorsOnly ? 1 : 0 })
      await offering.offer(ctx, { ...found, coordinatorsOnly }, coordinatorsOnly ? 2 : 0)
      await (late ? offering.updateStanding(ctx, found) : offering.tellStanding(ctx, found))
    },
    askTopic: async (ctx, caseId) => {
      const found = await unsent(ctx, caseId)
      if (!found) return
      await ctx.changeButtons(topics.map(({ id, label }) => [{ ...ctx.button('help.topic.button', 'help-topic-set', { case: caseId, topic: id }), text: label[ctx.person.language] }]))
    },
    setTopic: async (ctx, caseId, id) => {
      const found = await unsent(ctx, caseId)
      const topic = topics.find((one) => one.id === id)
      if (!found || !topic) return
      await changeCase(ctx.tx, found.id, { topic: topic.id, area: topic.area })
      await ctx.changeButtons()
      await preview(ctx, { ...found, topic: topic.id, area: topic.area })
    },
  }
}



