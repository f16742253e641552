// Which village a pilot's store names: its code, or a name that only one village has. It guesses nothing, since nobody is there to choose.
import type { Villages } from '../../villages/villages.ts'

/** The code of the village; undefined when there is none of this name, or several. */
export function findVillage(villages: Villages, text: string): string | undefined {
  const code = /^\d\d\.\d\d\.\d\d\.\d{4}/.exec(text)?.[0]
  if (code !== undefined) return villages.find(code)?.code
  const { hits, more } = villages.search(text, 2)
  const [village, other] = hits
  // The search forgives slips; here the name must stand in the text.
  return village && !other && !more && letters(text).includes(letters(village.name)) ? village.code : undefined
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}]/gu, '')
}
