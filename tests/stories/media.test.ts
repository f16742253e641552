// Everything a person can send gets from one phone to another through the running clinic, over the wire, also over a restart; and she
// is heard when she changes her words afterwards. The feature that sends it on here is the story's own.
import { expect } from 'vitest'
import { addToAlbum, closeAlbums } from '../../src/delivery/album.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { defineFeature, type Feature } from '../../src/telegram/feature.ts'
import { editingOf, neutralName, partOf, sendingOf } from '../../src/telegram/part.ts'
import { becomesMember } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { story, type StoryClinic } from './support/story.ts'

const BUDI = 4002
const HEADING = '<b>Bu Sari</b>'

/** Sends on to Budi what Sari writes, and shows him what she changes. It remembers copies as long as the test runs. */
function createRelay(): { readonly feature: Feature; readonly copies: Map<number, number | undefined> } {
  const copies = new Map<number, number | undefined>()
  const feature = defineFeature({
    name: 'rehearsal',
    onSent: { 'rehearsal-copied': async (_tx, { data, messageId }) => void copies.set(data as number, messageId) },
    onStray: async (ctx) => {
      const part = ctx.message && partOf(ctx.message)
      if (!part || ctx.person.telegramId === BUDI) return false
      const onSent = { name: 'rehearsal-copied', version: 1, data: ctx.message.message_id }
      const options = { protect: true, fileName: neutralName(part, 'dokumen') }
      const opening = sendingOf(part, { ...options, heading: HEADING })
      if ('album' in part && part.album !== undefined) {
        await addToAlbum(ctx.tx, { chatId: BUDI, key: part.album, item: sendingOf(part, options), opening, onSent }, ctx.now)
        return true
      }
      await closeAlbums(ctx.tx, BUDI, ctx.now)
      if (opening.headingLeft) await enqueue(ctx.tx, { chatId: BUDI, ...sendingOf({ kind: 'text', text: 'Bu Sari' }) }, ctx.now)
      await enqueue(ctx.tx, { chatId: BUDI, method: opening.method, payload: opening.payload, onSent }, ctx.now)
      for (const { method, payload } of opening.rest) await enqueue(ctx.tx, { chatId: BUDI, method, payload }, ctx.now)
      return true
    },
    onEdit: async (ctx) => {
      const copy = copies.get(ctx.editedMessage?.message_id ?? 0)
      const part = ctx.editedMessage && partOf(ctx.editedMessage)
      const change = copy !== undefined && part && editingOf(part, copy, { heading: HEADING })
      if (!change) return false
      await enqueue(ctx.tx, { chatId: BUDI, ...change }, ctx.now)
      return true
    },
  })
  return { feature, copies }
}

async function together(clinic: StoryClinic, person: (name: string, more?: { id: number }) => Phone) {
  const sari = person('Sari')
  const budi = person('Budi', { id: BUDI })
  await becomesMember(clinic, sari)
  await becomesMember(clinic, budi)
  return { sari, budi }
}

/** What Budi's phone shows that was not there before. */
async function arrives(budi: Phone, deed: () => Promise<void>) {
  const before = budi.chat().length
  await deed()
  return budi.chat().slice(before)
}

story('every kind of message gets to someone else', async ({ clinic, person }) => {
  const { sari, budi } = await together(clinic, person)
  for (const [media, copies] of [
    [{ photo: 'nota hari ini' }, [{ kind: 'photo', caption: 'Bu Sari\nnota hari ini' }]],
    [{ voice: 12 }, [{ kind: 'voice', caption: 'Bu Sari', file: { duration: 12 } }]],
    [{ audio: true, fileName: 'Curhat.mp3' }, [{ kind: 'audio', file: { fileName: 'dokumen.mp3' } }]],
    [{ video: 'dapur' }, [{ kind: 'video', caption: 'Bu Sari\ndapur' }]],
    [{ videoNote: true }, [{ text: 'Bu Sari' }, { kind: 'video_note' }]],
    [{ animation: true }, [{ kind: 'animation', caption: 'Bu Sari' }]],
    [{ document: 'Utang Sari.pdf', caption: 'tolong @budi_99' }, [{ kind: 'document', caption: 'Bu Sari\ntolong @\u2060budi_99', captionEntities: [{ type: 'bold' }], file: { fileName: 'dokumen.pdf' } }]],
    [{ sticker: '👍' }, [{ text: 'Bu Sari' }, { kind: 'sticker', emoji: '👍' }]],
    [{ location: true }, [{ text: 'Bu Sari' }, { kind: 'location' }]],
    [{ contact: { name: 'Toko Makmur', phone: '+6281' } }, [{ text: 'Bu Sari' }, { kind: 'contact', contact: { firstName: 'Toko Makmur' } }]],
  ] as const) {
    const shown = await arrives(budi, () => sari.sends(media))
    expect(shown, JSON.stringify(media)).toMatchObject(copies)
    expect(shown.at(-1)?.protected).toBe(true)
  }
}, { moreFeatures: [createRelay().feature] })

story('an album stays one although the clinic stops between its parts', async ({ clinic, person }) => {
  const { sari, budi } = await together(clinic, person)
  const before = budi.chat().length
  await sari.sends({ photo: 'toko', album: '7' })
  expect(budi.chat()).toHaveLength(before)
  await clinic.stops()
  await sari.sends({ photo: true, album: '7' })
  await clinic.startsAgain()
  const album = await arrives(budi, () => clinic.passes(2000))
  expect(album).toMatchObject([{ kind: 'photo', caption: 'Bu Sari\ntoko' }, { kind: 'photo' }])
  expect(album[0]?.mediaGroupId).toBe(album[1]?.mediaGroupId)

  await sari.sendsAlbum([{ document: 'a.pdf' }, { document: 'b.pdf' }])
  const rest = await arrives(budi, () => sari.says('itu semua'))
  expect(rest).toMatchObject([{ kind: 'document', caption: 'Bu Sari' }, { kind: 'document' }, { text: 'Bu Sari\nitu semua' }])
}, { moreFeatures: [createRelay().feature] })

story('a voice note reaches someone who refuses them as a file', async ({ clinic, person }) => {
  const { sari, budi } = await together(clinic, person)
  budi.refusesVoice()
  const shown = await arrives(budi, () => sari.sends({ voice: 5, caption: 'dengar ya' }))
  expect(shown).toMatchObject([{ kind: 'document', caption: 'Bu Sari\ndengar ya', file: { fileName: 'suara.ogg' } }])
  expect(budi.received('voice')).toEqual([])
  expect(budi).toSee('[document suara.ogg] Bu Sari')
}, { moreFeatures: [createRelay().feature] })

story('words changed afterwards change in the copy too, under a photo as well', async ({ clinic, person }) => {
  const { sari, budi } = await together(clinic, person)
  await sari.sends({ photo: 'nota senin' })
  await sari.edits('nota senin', 'nota selasa')
  expect(budi.chat().at(-1)).toMatchObject({ kind: 'photo', caption: 'Bu Sari\nnota selasa' })
  await sari.says('harganya lima ribu')
  await sari.edits('harganya lima ribu', 'harganya enam ribu')
  expect(budi.chat().at(-1)).toMatchObject({ text: 'Bu Sari\nharganya enam ribu' })
  expect(sari.news()).toBe('')
}, { moreFeatures: [createRelay().feature] })

story('a change nobody waits for is answered, one under a photo quietly left', async ({ clinic, person }) => {
  const { sari } = await together(clinic, person)
  await sari.says('halo')
  await sari.edits('halo', 'halo lagi')
  expect(sari).toSee('sudah tidak dipakai sebagai jawaban')
  await sari.sends({ photo: 'nota' })
  await sari.edits('nota', 'nota lain')
  expect(sari.news()).toBe('')
})
