/**
 * All villages of Indonesia with their district, regency or city, and province, as the package idn-area-data lists them
 * (data ODbL 1.0, to be credited where a person sees it). It answers by code and position and holds the name indexes;
 * ranking is elsewhere.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { timeZoneOfProvince } from '../people/time-zone.ts'
import type { TimeZone } from '../people/time-zone.ts'
import { createCodeTable } from './code-table.ts'
import type { CodeTable } from './code-table.ts'
import { createNameIndex } from './name-index.ts'
import type { NameIndex } from './name-index.ts'
import { foldWords, wordsOf } from './spelling.ts'

export interface Village {
  /** Kemendagri code, 13 characters, such as `35.07.26.2003`. */
  readonly code: string
  readonly name: string
  readonly kind: 'desa' | 'kelurahan' | 'desa adat'
  readonly district: string
  /** Without "Kabupaten" or "Kota", which `regencyKind` tells. */
  readonly regency: string
  readonly regencyKind: RegencyKind
  readonly province: string
  readonly timeZone: TimeZone
}

export type RegencyKind = 'kab' | 'kota'

/** Positions count from 0 in code order, so the villages of a district are neighbours. */
export interface Gazetteer {
  readonly villages: NameIndex
  readonly districts: NameIndex
  readonly regencies: NameIndex
  readonly provinces: NameIndex
  readonly districtOf: (village: number) => number
  readonly regencyOf: (district: number) => number
  readonly provinceOf: (regency: number) => number
  readonly kindOf: (regency: number) => RegencyKind
  /** First village of a district; the last one is before `firstVillage(district + 1)`. */
  readonly firstVillage: (district: number) => number
  readonly nameOf: (village: number) => string
  readonly village: (at: number) => Village
}

export interface Areas {
  readonly villages: CodeTable
  readonly districts: CodeTable
  readonly regencies: CodeTable
  readonly provinces: CodeTable
}

/** Opens the lists of the installed package: 3 MB read in a few milliseconds, and kept. */
export function readAreas(): Areas {
  const { resolve } = createRequire(import.meta.url)
  const read = (list: string) => createCodeTable(readFileSync(resolve(`idn-area-data/data/${list}.csv`)))
  return {
    villages: read('villages'),
    districts: read('districts'),
    regencies: read('regencies'),
    provinces: read('provinces'),
  }
}

/** The village at a position of the list. */
export function describeVillage(areas: Areas, at: number): Village {
  const code = areas.villages.code(at)
  const nameIn = (table: CodeTable, length: number) => table.name(table.find(code.slice(0, length)))
  const regency = nameIn(areas.regencies, REGENCY_CODE)
  return {
    code,
    name: areas.villages.name(at),
    kind: code[9] === '1' ? 'kelurahan' : code[9] === '3' ? 'desa adat' : 'desa',
    district: nameIn(areas.districts, DISTRICT_CODE),
    regency: regency.replace(REGENCY_TITLE, ''),
    regencyKind: regencyKind(regency),
    province: nameIn(areas.provinces, PROVINCE_CODE),
    timeZone: timeZoneOfProvince(code.slice(0, PROVINCE_CODE)),
  }
}

/** A province, regency or district by the beginning of its villages' codes, with what it lies in. */
export type Area =
  | { readonly kind: 'province'; readonly province: string }
  | { readonly kind: 'regency'; readonly province: string; readonly regency: string; readonly regencyKind: RegencyKind }
  | { readonly kind: 'district'; readonly province: string; readonly regency: string; readonly regencyKind: RegencyKind; readonly district: string }

/** The area of a code of 2, 5 or 8 characters; undefined for one that does not exist. */
export function describeArea(areas: Areas, code: string): Area | undefined {
  const nameIn = (table: CodeTable, length: number) => {
    const at = code.length < length ? -1 : table.find(code.slice(0, length))
    return at < 0 ? undefined : table.name(at)
  }
  const province = nameIn(areas.provinces, PROVINCE_CODE)
  const fullRegency = nameIn(areas.regencies, REGENCY_CODE)
  const district = nameIn(areas.districts, DISTRICT_CODE)
  if (province === undefined) return undefined
  if (code.length === PROVINCE_CODE) return { kind: 'province', province }
  if (fullRegency === undefined) return undefined
  const regency = { province, regency: fullRegency.replace(REGENCY_TITLE, ''), regencyKind: regencyKind(fullRegency) }
  if (code.length === REGENCY_CODE) return { kind: 'regency', ...regency }
  return code.length === DISTRICT_CODE && district !== undefined ? { kind: 'district', ...regency, district } : undefined
}

/**
 * Builds the indexes in small steps, so that a caller may let others work in between: every `next()` takes about two
 * milliseconds, and the last returns the finished gazetteer.
 */
export function* buildGazetteer(areas: Areas): Generator<undefined, Gazetteer> {
  const provinces = indexNames(areas.provinces, (name) => name.replace(PROVINCE_TITLE, ''))
  const regencies = indexNames(areas.regencies, (name) => name.replace(REGENCY_TITLE, ''))
  const kinds = listNames(areas.regencies).map(regencyKind)
  const provinceOf = parents(areas.regencies, areas.provinces, PROVINCE_CODE)
  yield
  const regencyOf = parents(areas.districts, areas.regencies, REGENCY_CODE)
  yield
  const districts = createNameIndex(areas.districts.size)
  for (let at = 0; at < areas.districts.size; at++) {
    districts.add(foldWords(wordsOf(areas.districts.name(at))))
    if (at % STEP === STEP - 1) yield
  }
  const { size } = areas.villages
  const villages = createNameIndex(size)
  const districtOf = new Uint16Array(size)
  const firstVillage = new Uint32Array(areas.districts.size + 1).fill(size)
  let district = -1
  let districtCode = ''
  for (let at = 0; at < size; at++) {
    villages.add(foldWords(wordsOf(areas.villages.name(at))))
    const code = areas.villages.code(at).slice(0, DISTRICT_CODE)
    if (code !== districtCode) {
      districtCode = code
      district = areas.districts.find(code)
      firstVillage[district] = at
    }
    districtOf[at] = district
    if (at % STEP === STEP - 1) yield
  }
  return {
    villages, districts, regencies, provinces,
    districtOf: (village) => districtOf[village]!,
    regencyOf: (at) => regencyOf[at]!,
    provinceOf: (regency) => provinceOf[regency]!,
    kindOf: (regency) => kinds[regency]!,
    firstVillage: (at) => firstVillage[at]!,
    nameOf: (village) => areas.villages.name(village),
    village: (at) => describeVillage(areas, at),
  }
}

const STEP = 1_000
const PROVINCE_CODE = 2
const REGENCY_CODE = 5
const DISTRICT_CODE = 8
const REGENCY_TITLE = /^(?:Kabupaten|Kota) (?:Administrasi )?/
const PROVINCE_TITLE = /^Daerah (?:Khusus Ibukota|Istimewa) /

function regencyKind(fullName: string): RegencyKind {
  return fullName.startsWith('Kota ') ? 'kota' : 'kab'
}

function listNames(table: CodeTable): string[] {
  return Array.from({ length: table.size }, (_, at) => table.name(at))
}

function indexNames(table: CodeTable, shorten: (name: string) => string): NameIndex {
  const index = createNameIndex(table.size)
  for (const name of listNames(table)) index.add(foldWords(wordsOf(shorten(name))))
  return index
}

function parents(table: CodeTable, above: CodeTable, codeLength: number): Uint16Array {
  let code = ''
  let parent = -1
  return Uint16Array.from({ length: table.size }, (_, at) => {
    const next = table.code(at).slice(0, codeLength)
    // Codes are in order, so a parent is looked up once for all its children.
    if (next !== code) parent = above.find((code = next))
    return parent
  })
}
