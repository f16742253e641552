// How forms look for places and name them; the search itself is the villages module's.
import type { Translator } from '../i18n/translator.ts'
import type { Villages } from '../villages/villages.ts'

export interface FoundPlaces {
  /** Village codes, best first. */
  readonly codes: readonly string[]
  /** There are more of them than are worth showing. */
  readonly more: boolean
}

export interface Places {
  search(query: string): FoundPlaces
  /** The bare name of a village. @throws for a code that does not exist. */
  name(code: string): string
  /** "Desa Pujon Kidul, Kec. Pujon, Kab. Malang". @throws for a code that does not exist. */
  label(code: string): string
}

const MOST_SHOWN = 6

export function createPlaces({ villages, translator }: { villages: Villages; translator: Translator }): Places {
  const getVillage = (code: string) => {
    const village = villages.find(code)
    if (!village) throw new Error(`There is no village with code "${code}".`)
    return village
  }
  return {
    name: (code) => getVillage(code).name,
    search: (query) => {
      const { hits, more } = villages.search(query, MOST_SHOWN)
      return { codes: hits.map((village) => village.code), more }
    },
    label: (code) => {
      const village = getVillage(code)
      const word = (of: string) => translator.plain('id', `form.place.words.${of}`)
      // Names of places are the same in every language.
      return translator.plain('id', 'form.place.label', {
        kind: word(village.kind.replace(' ', '-')),
        name: village.name,
        district: village.district,
        regencyKind: word(village.regencyKind),
        regency: village.regency,
      })
    },
  }
}
