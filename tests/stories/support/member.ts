// A member at once, as if she had registered, for stories about what comes after. It asserts nothing.
import type { Phone } from './phone.ts'
import type { StoryClinic } from './story.ts'

/** Bu Sari, who sells cooked food in Pujon Kidul. */
export async function becomesMember(clinic: Pick<StoryClinic, 'reads' | 'now'>, phone: Phone, sector = 'kuliner'): Promise<void> {
  await phone.starts()
  const now = clinic.now()
  await clinic.reads(async (tx) => {
    const { id } = await tx.selectFrom('person').select('id').where('telegram_id', '=', phone.id).executeTakeFirstOrThrow()
    await tx
      .updateTable('person')
      .set({ given_name: 'Sari', honorific: 'ibu', adult: 1, time_zone: 'Asia/Jakarta', member_number: phone.id, member_since: now })
      .where('id', '=', id)
      .execute()
    await tx.insertInto('role').values({ person_id: id, role: 'owner', granted_at: now, granted_by: id }).execute()
    await tx
      .insertInto('business')
      .values({ person_id: id, name: 'Warung Bu Sari', sector, village_code: '35.07.26.2003', licences: '{}', created_at: now, updated_at: now })
      .execute()
  })
}

/** Answers one question after another: "CCBA" are the letters tapped; spaces only make areas readable. */
export async function answersEach(phone: Phone, letters: string): Promise<void> {
  for (const letter of letters.replaceAll(' ', '')) await phone.taps(letter)
}

/** A whole self-assessment. */
export async function checks(phone: Phone, letters: string): Promise<void> {
  await phone.says('/cek')
  await phone.taps('Mulai cek')
  await answersEach(phone, letters)
}
