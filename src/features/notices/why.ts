// Why a message came: told from the ledger to whoever got it.
import { z } from 'zod'
import { formatLocal, zoneOf } from '../../people/time-zone.ts'
import type { Ctx } from '../../telegram/context.ts'
import { findDelivery } from './store.ts'

export const DeliveryData = z.object({ delivery: z.coerce.number().int().positive() })

/** Her own messages only: an id from elsewhere is simply not among them. */
export async function tellWhy(ctx: Ctx, { delivery: id }: z.output<typeof DeliveryData>): Promise<void> {
  const delivery = await findDelivery(ctx.tx, id, ctx.person.id)
  if (!delivery) {
    ctx.toast('notices.why.gone')
    return
  }
  // What took the slot of a tip was meant for later that day.
  const at = formatLocal(Math.min(delivery.dueAt, delivery.createdAt), zoneOf(ctx.person), ctx.person.language)
  const reason = delivery.reason === null ? '' : ctx.t(`notices.because.${delivery.reason}`)
  await ctx.sayHtml([ctx.t(`notices.why.${delivery.kind}`, { at }), reason, ctx.t('notices.why.change')].filter(Boolean).join('\n'))
}
