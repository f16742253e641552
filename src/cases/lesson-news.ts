// Tells coordinators that what was learnt from a closed case waits for their decision. It publishes nothing.
import { isOpenToNotices } from '../people/person.ts'
import { holdersOf } from '../people/roles.ts'
import { getPerson } from '../people/store.ts'
import { NO_DATA } from '../telegram/feature.ts'
import { countLessons } from './answer-store.ts'
import type { CasePost, Sending } from './post.ts'

/** The first lesson that waits is announced; whoever reads it is shown those that follow. */
export async function tellLessonWaits(post: CasePost, { tx, now }: Sending): Promise<void> {
  if ((await countLessons(tx)) !== 1) return
  for (const { id } of await holdersOf(tx, 'coordinator')) {
    const reader = await getPerson(tx, id)
    if (!isOpenToNotices(reader)) continue
    const keyboard = [[post.button(reader, 'lessons.see.button', 'lesson-next', NO_DATA, {})]]
    await post.speaker.say(tx, reader, 'lessons.waiting', {}, { keyboard, silent: await post.isNight(tx, reader, now) }, now)
  }
}
