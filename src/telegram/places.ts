// How forms look for places and name them; the search itself is the villages module's.
import type { Params, Translator } from '../i18n/translator.ts'
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
  /** What the beginning of village codes stands for: "Provinsi Jawa Timur", "Kab. Malang", "Kec. Pujon, Kab. Malang", or a village. @throws for a code that does not exist. */
  region(code: string): string
}

const MOST_SHOWN = 6

export function createPlaces({ villages, translator }: { villages: Villages; translator: Translator }): Places {
  const getVillage = (code: string) => {
    const village = villages.find(code)
    if (!village) throw new Error(`There is no village with code "${code}".`)
    return village
  }
  // Names of places are the same in every language.
  const say = (key: string, params?: Params) => translator.plain('id', key, params)
  const word = (of: string) => say(`form.place.words.${of}`)
  const label = (code: string) => {
    const { kind, name, district, regency, regencyKind } = getVillage(code)
    return say('form.place.label', { kind: word(kind.replace(' ', '-')), name, district, regencyKind: word(regencyKind), regency })
  }
  return {
    name: (code) => getVillage(code).name,
    search: (query) => {
      const { hits, more } = villages.search(query, MOST_SHOWN)
      return { codes: hits.map((village) => village.code), more }
    },
    label,
    region: (code) => {
      const area = villages.findArea(code)
      if (!area) return label(code)
      return say(`form.place.region.${area.kind}`, { ...area, ...('regencyKind' in area && { regencyKind: word(area.regencyKind) }) })
    },
  }
}
