// Takes people of an earlier pilot into the clinic's database: a person without consent, and an unfinished registration with what she answered.
// It writes to nobody, and leaves alone whoever the clinic knows already or was asked to forget.
import { startConversation } from '../../conversation/conversation.ts'
import type { Form } from '../../conversation/form.ts'
import { audit } from '../../people/audit.ts'
import { tombstoneOf } from '../../people/erasure.ts'
import { changePerson, createPerson, findPersonByTelegramId } from '../../people/store.ts'
import type { Database, Tx } from '../../storage/database.ts'
import { insertConversation } from '../../telegram/conversation-store.ts'
import type { Newcomer } from './plan.ts'

export interface TakingIn {
  readonly transaction: Database['transaction']
  readonly form: Form
  /** The clinic's secret, by which someone erased is recognised. */
  readonly secret: string
  /** ms UTC. */
  readonly now: number
  /** Only looks who would be taken in. */
  readonly dryRun?: boolean
}

export interface TakenIn {
  readonly taken: readonly Newcomer[]
  /** People left, by reason. */
  readonly left: Readonly<Record<'known' | 'erased', number>>
}

/** Takes people in, each in a transaction of her own: a clinic at work beside it waits a moment at most. Done again it changes nothing. */
export async function takeIn(newcomers: readonly Newcomer[], into: TakingIn): Promise<TakenIn> {
  const taken: Newcomer[] = []
  const left = { known: 0, erased: 0 }
  for (const newcomer of newcomers) {
    const outcome = await into.transaction(async (tx) => {
      const obstacle = await findObstacle(tx, newcomer, into.secret)
      if (!obstacle && !into.dryRun) await insert(tx, newcomer, into)
      return obstacle
    })
    if (outcome) left[outcome] += 1
    else taken.push(newcomer)
  }
  return { taken, left }
}

async function findObstacle(tx: Tx, { telegramId }: Newcomer, secret: string): Promise<'known' | 'erased' | undefined> {
  if (await findPersonByTelegramId(tx, telegramId)) return 'known'
  const tombstone = await tx.selectFrom('tombstone').select('erased_at').where('key_hash', '=', tombstoneOf(secret, telegramId)).executeTakeFirst()
  return tombstone && 'erased'
}

async function insert(tx: Tx, { telegramId, language, answers }: Newcomer, { form, now }: TakingIn): Promise<void> {
  const { id } = await createPerson(tx, telegramId, now)
  // To whom she never wrote she can't be written to; her first message ends this. Until then nothing goes out to her, whoever would send it.
  await changePerson(tx, id, { unreachable_at: now, ...(language && { language }) })
  await audit(tx, { at: now, actor: null, action: 'person-imported', subject: `person:${id}` })
  if (Object.keys(answers).length === 0) return
  const row = await insertConversation(tx, { person: id, conversation: startConversation(form, { answers }), subject: null, now, remindAt: now })
  await tx.updateTable('conversation').set({ active: 0, remind_at: null }).where('id', '=', row.id).execute()
}
