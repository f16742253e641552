// The owner's card, for who helps her now: her businesses, how her latest check turned out, and her plan with what she showed of it.
// It holds no phone number and no account, and every look is noted.
import { CaseData } from '../../cases/case-data.ts'
import { linkCopy, noteCopy } from '../../cases/messages.ts'
import type { CasePost } from '../../cases/post.ts'
import { enqueue } from '../../delivery/outbox.ts'
import type { Language } from '../../content/language.ts'
import type { Form } from '../../conversation/form.ts'
import { noteAccess } from '../../people/access.ts'
import { getPerson } from '../../people/store.ts'
import { formatDay } from '../../people/time-zone.ts'
import type { Tx } from '../../storage/database.ts'
import type { Ctx } from '../../telegram/context.ts'
import { sendingOf } from '../../telegram/part.ts'
import type { Choosing } from './choosing.ts'
import { businessesOf, type KnownBusiness, openFields, type ProfileWords } from './profile.ts'

export interface OwnerCardDeps {
  readonly post: CasePost
  readonly choosing: Choosing
  readonly profile: ProfileWords
  readonly form: () => Form
  readonly sectorName: (id: string, language: Language) => string
  /** "Kec. Pujon, Kab. Malang". */
  readonly district: (village: string) => string
  readonly areaName: (id: string) => string
  readonly tipTitle: (id: string) => string
}

/** Asked of every business and shown in this order; licences follow. */
const SHOWN = ['product', 'age', 'workers', 'sales', 'channels'] as const
const BESIDES: ReadonlySet<string> = new Set(['business-name', 'sector', 'village', ...SHOWN])
/** So much fits into one message. */
const STEPS_SHOWN = 9
const BUSINESSES_SHOWN = 3
const PROOF_CHARS = 150

interface Step {
  readonly id: number
  readonly tip: string
  readonly state: string
  readonly proof_kind: 'words' | 'photo' | null
  readonly proof: string | null
  readonly proof_words: string | null
}

export function createOwnerCard(deps: OwnerCardDeps): (ctx: Ctx, caseId: number) => Promise<void> {
  const { post, choosing, profile, form, sectorName, district, areaName, tipTitle } = deps

  function describe(ctx: Ctx, business: KnownBusiness): string {
    const { answers } = business
    const reader = ctx.person
    const line = (step: string) => ctx.t('desk-tools.card.line', { name: profile.name(reader, step), answer: profile.answer(reader, step, answers[step]) })
    const licences = Object.keys(form().steps).filter((step) => !BESIDES.has(step) && (answers[step] ?? null) !== null)
    const held = licences.map((step) => `${profile.name(reader, step)} (${profile.answer(reader, step, answers[step])})`).join(', ')
    const open = openFields(form(), business)
    return [
      ctx.t('desk-tools.card.business', { name: business.name ?? ctx.label('registration.business-name.none'), sector: sectorName(business.sector, reader.language), place: district(business.village) }),
      ...SHOWN.filter((step) => (answers[step] ?? null) !== null).map(line),
      held === '' ? '' : ctx.t('desk-tools.card.licences', { held }),
      open.length === 0 ? '' : ctx.t('desk-tools.card.open', { fields: open.map((step) => profile.name(reader, step)).join(', ') }),
    ].filter(Boolean).join('\n')
  }

  function describePlan(ctx: Ctx, steps: readonly Step[]): string {
    const lines = steps.slice(0, STEPS_SHOWN).map((step) => {
      const title = ctx.t(step.state === 'done' ? 'desk-tools.card.step-done' : 'desk-tools.card.step-open', { title: tipTitle(step.tip) })
      if (step.proof_kind === null) return title
      return [title, step.proof_kind === 'photo' ? ctx.t('desk-tools.card.proof-photo') : ctx.t('desk-tools.card.proof-words', { body: cut(step.proof ?? '') })].join('\n')
    })
    return lines.length === 0 ? '' : [ctx.t('desk-tools.card.plan'), ...lines].join('\n')
  }

  /** What she photographed, as copies that can be neither forwarded nor saved. */
  async function sendPhotos(ctx: Ctx, caseId: number, steps: readonly Step[]): Promise<void> {
    const chatId = ctx.person.telegramId
    if (chatId === null) return
    for (const { proof, proof_kind: kind, proof_words: caption, tip } of steps) {
      if (kind !== 'photo' || proof === null) continue
      const { copy, onSent } = await noteCopy(ctx.tx, { caseId, chatId, now: ctx.now })
      const part = { kind: 'photo' as const, fileId: proof, ...(caption !== null && { caption }) }
      const { method, payload, rest } = sendingOf(part, { heading: ctx.t('desk-tools.card.photo', { title: tipTitle(tip) }), protect: true, silent: true })
      await linkCopy(ctx.tx, copy, await enqueue(ctx.tx, { chatId, method, payload, onSent }, ctx.now))
      for (const more of rest) await enqueue(ctx.tx, { chatId, ...more }, ctx.now)
    }
  }

  return async (ctx, caseId) => {
    const of = await choosing.mine(ctx, caseId)
    if (!of) return
    await noteAccess(ctx.tx, { person: of.personId, by: ctx.person.id, what: 'owner-card', now: ctx.now })
    const owner = await getPerson(ctx.tx, of.personId)
    const businesses = await businessesOf(ctx.tx, owner.id)
    const check = await latestCheck(ctx.tx, owner.id)
    const level = check === undefined ? '' : check.level === null ? ctx.label('desk-tools.card.no-level') : ctx.label(`assessment.level.${check.level}`)
    const html = [
      ctx.t('desk-tools.card.title', { number: of.number, who: post.ownerName(owner, ctx.person) }),
      ...(businesses.length === 0 ? [ctx.t('desk-tools.card.no-business')] : businesses.slice(0, BUSINESSES_SHOWN).map((one) => describe(ctx, one))),
      check === undefined
        ? ctx.t('desk-tools.card.no-check')
        : ctx.t('desk-tools.card.check', { date: formatDay(check.finishedAt, ctx.person.timeZone ?? 'Asia/Jakarta', ctx.person.language), level, areas: check.weakest.map(areaName).join(', ') || '-' }),
      describePlan(ctx, check?.steps ?? []),
    ]
    // What is open can be asked of her: of the business she is asked about (field-asking.ts).
    const asks = businesses.slice(0, 1).some((one) => openFields(form(), one).length > 0)
    const keyboard = asks ? [[post.button(ctx.person, 'desk.ask-field.button', 'case-ask-field', CaseData, { case: caseId })]] : []
    await post.tellHtml(ctx, ctx.person, of.id, html.filter(Boolean).join('\n\n'), { keyboard })
    await sendPhotos(ctx, of.id, check?.steps ?? [])
  }
}

function cut(words: string): string {
  const characters = Array.from(words)
  return characters.length > PROOF_CHARS ? `${characters.slice(0, PROOF_CHARS - 1).join('').trimEnd()}…` : words
}

/** Her newest result, the areas it begins with, and the steps that followed from it. */
async function latestCheck(tx: Tx, person: number) {
  const newest = await tx
    .selectFrom('assessment')
    .select(['id', 'finished_at', 'level'])
    .where('person_id', '=', person)
    .where('kind', '=', 'check')
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!newest) return undefined
  const areas = await tx.selectFrom('assessment_area').select('area').where('assessment_id', '=', newest.id).where('priority', 'is not', null).orderBy('priority').execute()
  const steps = await tx
    .selectFrom('plan_step')
    .select(['id', 'tip', 'state', 'proof_kind', 'proof', 'proof_words'])
    .where('person_id', '=', person)
    .where('assessment_id', '=', newest.id)
    .where('state', 'in', ['open', 'done'])
    .orderBy('id')
    .execute()
  return { finishedAt: newest.finished_at, level: newest.level, weakest: areas.map(({ area }) => area), steps }
}
