// The words of a form: texts found by name, labels of options, and answers as a person reads them back.
import type { Words } from '../conversation/turn.ts'
import { type Answer, type Answers, letterOf, REVIEW } from '../conversation/form.ts'
import { formatDate } from '../conversation/parse/date.ts'
import { formatPhone } from '../conversation/parse/phone.ts'
import { formatRupiah } from '../conversation/parse/rupiah.ts'
import type { Params, Translator } from '../i18n/translator.ts'
import { localTime, zoneOf } from '../people/time-zone.ts'
import type { Ctx } from './context.ts'
import type { FormHandler, StepPart } from './feature.ts'
import type { Places } from './places.ts'

export interface FormWords {
  /** Text of a step, the most specific key first; empty when there is none and it is not needed. */
  step(ctx: Ctx, handler: FormHandler, step: string, part: StepPart, answers: Answers): string
  /** What a step is called, as plain text. */
  name(ctx: Ctx, handler: FormHandler, step: string, answers: Answers): string
  /** Why an answer was not taken, with an example. */
  refusal(ctx: Ctx, handler: FormHandler, step: string, reason: string, params: Params): string
  /** What people may type for options and steps. */
  typed(ctx: Ctx, handler: FormHandler, answers: Answers): Words
  /** An answer as plain text in her language. */
  answer(ctx: Ctx, handler: FormHandler, answers: Answers, step: string, answer: Answer): string
  /** Parameters every text of this form may use. */
  params(ctx: Ctx, handler: FormHandler, answers: Answers): Params
}

export function createFormWords({ translator, places }: { translator: Translator; places: Places }): FormWords {
  const textsOf = (handler: FormHandler) => handler.texts ?? handler.form.name
  const option = (ctx: Ctx, handler: FormHandler, answers: Answers, step: string, id: string): readonly string[] => {
    const field = handler.form.steps[step]
    const shared = field?.kind === 'choice' ? field.labels : undefined
    const group = `${textsOf(handler)}.${shared ?? step}`
    const labels = handler.optionWords?.(ctx, step, id, answers) ?? [ctx.label(`${group}.options.${id}`)]
    const key = translator.findKey(`${group}.words.${id}`)
    const letter = field?.kind === 'choice' && field.lettered ? [letterOf(field.options.indexOf(id))] : []
    return [...labels, ...(key ? ctx.label(key).split(', ') : []), ...letter]
  }
  const name = (ctx: Ctx, handler: FormHandler, step: string, answers: Answers) =>
    handler.stepWords?.(ctx, step, 'name', answers) ?? ctx.label(`${textsOf(handler)}.${step}.name`)
  const params = (ctx: Ctx, handler: FormHandler, answers: Answers) => handler.params?.(ctx, answers) ?? {}

  return {
    step: (ctx, handler, step, part, answers) => {
      const given = handler.stepWords?.(ctx, step, part, answers)
      if (given !== undefined) return given
      const key = translator.findKey(`${textsOf(handler)}.${step}.${part}`)
      return key ? ctx.t(key, params(ctx, handler, answers)) : ''
    },
    name,
    refusal: (ctx, handler, step, reason, params) => {
      const field = handler.form.steps[step]
      const kind = field?.kind === 'choice' && field.lettered ? 'lettered' : (field?.kind ?? 'review')
      const key = translator.findKey(`${textsOf(handler)}.${step}.refused.${reason}`, `form.refused.${kind}.${reason}`, `form.refused.${reason}`)
      return ctx.t(key ?? 'form.refused.unclear', params)
    },
    typed: (ctx, handler, answers) => ({
      option: (step, id) => option(ctx, handler, answers, step, id),
      step: (step) => (step === REVIEW ? ctx.label('form.review.name') : name(ctx, handler, step, answers)),
      today: localTime(ctx.now, zoneOf(ctx.person)),
    }),
    answer: (ctx, handler, answers, step, answer) => {
      const field = handler.form.steps[step]
      if (answer === null || field === undefined) return ctx.label('form.skipped')
      switch (field.kind) {
        case 'text':
          return answer === '' ? ctx.label(`${textsOf(handler)}.${step}.none`) : String(answer)
        case 'choice':
          return option(ctx, handler, answers, step, String(answer))[0] ?? ''
        case 'choices':
          return (answer as readonly string[]).map((id) => option(ctx, handler, answers, step, id)[0]).join(', ')
        case 'yes-no':
          return ctx.label(answer ? 'form.yes' : 'form.no')
        case 'consent':
          return ctx.label(answer ? 'form.agreed' : 'form.not-agreed')
        case 'place':
          return places.label(String(answer))
        case 'phone':
          return formatPhone(String(answer))
        case 'rupiah':
          return [answer].flat().map((amount) => formatRupiah(Number(amount))).join(' - ')
        case 'number':
          return String(answer)
        case 'date': {
          const [year = 0, month = 0, day = 0] = String(answer).split('-').map(Number)
          return formatDate({ year, month, day }, ctx.person.language)
        }
        case 'showing': {
          const [kind, words] = answer as readonly string[]
          return kind === 'photo' ? ctx.label('form.received.photo') : (words ?? '')
        }
        case 'messages':
          return ctx.label('form.received.messages', { count: (answer as readonly number[]).length })
        case 'photo':
        case 'voice':
          return ctx.label(`form.received.${field.kind}`)
      }
    },
    params,
  }
}
