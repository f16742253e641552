// What an owner does with a tip: reads on, tried it, not now, not for her, needs help, keeps it. A second tap changes nothing.
import type { z } from 'zod'
import type { Facts } from '../../content/facts.ts'
import { currentTips, type Tip } from '../../content/tips.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, type Feature } from '../../telegram/feature.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { isOnItsWay, mediaRow, type MediaSizes, sendMedia } from './media.ts'
import { addMark, forgetShown, markedTips, openStepOf, removeMark } from './store.ts'
import { TipData } from './tip-data.ts'
import { tipKeyboard, wholeTip } from './tip-message.ts'

export interface MarkingDeps {
  readonly tips: readonly Tip[]
  readonly facts: Facts
  readonly speaker: Speaker
  readonly mediaSizes: MediaSizes
}

export function createMarking({ tips, facts, speaker, mediaSizes }: MarkingDeps): { readonly buttons: NonNullable<Feature['buttons']>; showSaved(ctx: Ctx): Promise<void> } {
  /** Runs for a tip that may be shown now; any other id says so. */
  const withTip = (run: (ctx: Ctx, tip: Tip) => Promise<void>) => async (ctx: Ctx, { tip: id }: z.output<typeof TipData>) => {
    const tip = currentTips(tips, facts, ctx.now).find((one) => one.id === id)
    if (tip) await run(ctx, tip)
    else ctx.toast('tips.gone')
  }
  const readTo = (ctx: Ctx) => ({ person: ctx.person, speaker, facts, mediaSizes, now: ctx.now })
  const mark = (ctx: Ctx, tip: Tip, mark: 'tried' | 'unsuited' | 'saved') => addMark(ctx.tx, { person: ctx.person.id, tip: tip.id, mark, now: ctx.now })

  async function showSaved(ctx: Ctx): Promise<void> {
    const saved = (await markedTips(ctx.tx, ctx.person.id, 'saved')).flatMap((id) => currentTips(tips, facts, ctx.now).filter((tip) => tip.id === id))
    if (saved.length === 0) {
      await ctx.say('tips.saved.none')
      return
    }
    const lines = saved.map(({ title }, at) => ctx.t('tips.saved.line', { number: at + 1, title }))
    const numbers = saved.map(({ id }, at) => ctx.button('tips.saved.number.button', 'tip-saved', { tip: id }, { number: at + 1 }))
    const rows = Array.from({ length: Math.ceil(numbers.length / 6) }, (_, at) => numbers.slice(at * 6, at * 6 + 6))
    await ctx.sayHtml([ctx.t('tips.saved.title'), lines.join('\n')].join('\n\n'), { keyboard: rows })
  }

  return {
    showSaved,
    buttons: {
      'tip-how': button(['anyone'], TipData, withTip(async (ctx, tip) => {
        // What she can do with it moves below the whole text; of who is no member nothing is kept.
        const keyboard = ctx.person.memberNumber === null ? mediaRow(readTo(ctx), tip) : tipKeyboard(readTo(ctx), tip).slice(1)
        const promptKey = `tip-how:${tip.id}`
        await ctx.changeButtons()
        if (await isOnItsWay(ctx, promptKey)) return ctx.toast('tips.media.coming')
        await ctx.sayHtml(wholeTip(readTo(ctx), tip), { promptKey, keyboard: [...keyboard, [ctx.button('tips.next.button', 'next-tip', { tip: tip.id })]] })
      })),
      'tip-media': button(['anyone'], TipData, withTip(sendMedia)),
      'tip-tried': button(['owner'], TipData, withTip(async (ctx, tip) => {
        const isNew = await mark(ctx, tip, 'tried')
        // A tip of her plan ticks its step, and the plan says what comes next; also one that she had tried before it came into her plan.
        const step = await openStepOf(ctx.tx, ctx.person.id, tip.id)
        if (!isNew && step === undefined) return ctx.toast('tips.tried.already')
        await ctx.changeButtons()
        if (step === undefined) await ctx.say('tips.tried.thanks')
        else await ctx.press('plan-done', { step })
      })),
      'tip-later': button(['owner'], TipData, withTip(async (ctx, tip) => {
        await ctx.changeButtons()
        if (await forgetShown(ctx.tx, ctx.person.id, tip.id)) await ctx.say('tips.later.done')
        else ctx.toast('tips.later.done')
      })),
      'tip-unsuited': button(['owner'], TipData, withTip(async (ctx, tip) => {
        await ctx.changeButtons()
        const isNew = await mark(ctx, tip, 'unsuited')
        const step = await openStepOf(ctx.tx, ctx.person.id, tip.id)
        if (!isNew && step === undefined) return ctx.toast('tips.unsuited.already')
        if (step === undefined) await ctx.say('tips.unsuited.done')
        else await ctx.press('plan-swap', { step })
      })),
      'tip-help': button(['owner'], TipData, withTip((ctx, tip) => ctx.startForm('help', { subject: tip.title }))),
      'tip-save': button(['owner'], TipData, withTip(async (ctx, tip) => {
        ctx.toast((await mark(ctx, tip, 'saved')) ? 'tips.save.done' : 'tips.save.already')
      })),
      'tip-saved': button(['owner'], TipData, withTip(async (ctx, tip) => {
        await ctx.sayHtml(wholeTip(readTo(ctx), tip), { keyboard: [...mediaRow(readTo(ctx), tip), [ctx.button('tips.saved.remove.button', 'tip-unsave', { tip: tip.id })]] })
      })),
      'tip-unsave': button(['owner'], TipData, withTip(async (ctx, tip) => {
        await removeMark(ctx.tx, ctx.person.id, tip.id, 'saved')
        await ctx.changeButtons()
        await ctx.say('tips.saved.removed')
      })),
    },
  }
}
