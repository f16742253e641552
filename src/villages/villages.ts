/**
 * The door to all villages of Indonesia: search by what a person types, and look up by code. The lists are opened at
 * the first use and indexed in small steps, so that starting costs nothing and conversations go on meanwhile.
 */
import { setImmediate } from 'node:timers/promises'
import { buildGazetteer, describeArea, describeVillage, readAreas } from './gazetteer.ts'
import type { Area, Areas, Gazetteer, Village } from './gazetteer.ts'
import { rankVillages } from './search.ts'

export interface VillageSearch {
  /** Best first. */
  readonly hits: readonly Village[]
  /** True when more villages fit just as well: ask for the sub-district and search again with it behind the name. */
  readonly more: boolean
}

export interface Villages {
  /**
   * Villages meant by a text such as "pujonkidul", "sidomulyo malang" or "ds sidomulyo kec batu". A name on its own, or
   * with its district, regency, city or province in any order; slips and old spelling are forgiven. Takes about a
   * millisecond; before `ready` has passed, the first search finishes the index itself (about a quarter of a second).
   * @param limit hits at most, 5 by default
   */
  search(text: string, limit?: number): VillageSearch
  /** The village of a Kemendagri code such as `35.07.26.2003`. Needs no index. */
  find(code: string): Village | undefined
  /** The province, regency or district of a code such as `35`, `35.07` or `35.07.26`. Needs no index. */
  findArea(code: string): Area | undefined
  /** Builds the index in steps of a few milliseconds, others working in between. Call it once after the start. */
  ready(): Promise<void>
}

const HITS = 5

export function createVillages(): Villages {
  let areas: Areas | undefined
  let building: Generator<undefined, Gazetteer> | undefined
  let gazetteer: Gazetteer | undefined

  const open = () => (areas ??= readAreas())
  const step = () => {
    if (gazetteer) return gazetteer
    building ??= buildGazetteer(open())
    const next = building.next()
    if (next.done) gazetteer = next.value
    return gazetteer
  }
  const finish = () => {
    let built = step()
    while (!built) built = step()
    return built
  }

  return {
    search(text, limit = HITS) {
      const index = finish()
      const { best, more } = rankVillages(index, text, limit)
      return { hits: best.map(index.village), more }
    },
    find(code) {
      const at = open().villages.find(code)
      return at < 0 ? undefined : describeVillage(open(), at)
    },
    findArea: (code) => describeArea(open(), code),
    async ready() {
      while (!step()) await setImmediate()
    },
  }
}
