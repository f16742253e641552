// Holds that a clinic file with flaws names all of them at once, one line each, with an example.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hasExampleOperator, loadClinic } from '../../src/content/clinic.ts'
import { ContentError } from '../../src/content/problem.ts'
import { dataFile } from './samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'clinic-'))
const path = join(folder, 'clinic.yaml')
const sound = readFileSync(dataFile('clinic.yaml'), 'utf8')

afterAll(() => rmSync(folder, { recursive: true }))

function problemsWith(change: (text: string) => string): readonly string[] {
  writeFileSync(path, change(sound))
  try {
    loadClinic(path)
    return []
  } catch (error) {
    if (error instanceof ContentError) return error.problems
    throw error
  }
}

describe('a clinic file', () => {
  it.each([
    ['bulk_share_percent:', 'bulk_shar_percent:', 'limits.bulk_shar_percent: this name is not known. Did you mean bulk_share_percent?'],
    ['form_second_reminder_after_days: 5', '', 'limits.form_second_reminder_after_days: is missing. Example: 5'],
    ['form_second_reminder_after_days: 5', 'form_second_reminder_after_days: 1', 'must come after the first. Example: 5'],
    ['bulk_share_percent: 80', 'bulk_share_percent: 101', 'limits.bulk_share_percent: must be at most 100. Example: 80'],
    ['bulk_share_percent: 80', 'bulk_share_percent: "80"', 'limits.bulk_share_percent: must be a number. Example: 80'],
    ['bulk_share_percent: 80', 'bulk_share_percent: 80.5', 'percent: must be a whole number. Example: 80'],
    ['server_country: Indonesia', 'server_country: ""', 'server_country: is empty. Example: Indonesia'],
    ['weekday: friday', 'weekday: jumat', 'quiet_hours.1.weekday: must be one of monday, tuesday'],
    ['until: "06:00"', 'until: "21:00"', 'quiet_hours.0: from and until are the same time'],
    ['date: 2027-01-01', 'date: 2026-12-25', 'holidays: the same date stands there twice'],
    ['date: 2027-01-01', 'date: 2027-02-29', 'holidays.1.date: must be a date that exists'],
    ['name: Klinik Ekonomi Digital', 'colour: red', 'colour: this name is not known. Remove it, or use one of: name, operator'],
  ])('with %j made %j is refused with its place and an example', (from, to, advice) => {
    expect(problemsWith((text) => text.replace(from, to))).toContainEqual(expect.stringContaining(`${path}: `))
    expect(problemsWith((text) => text.replace(from, to)).join('\n')).toContain(advice)
  })

  it('tells all problems together', () => {
    const problems = problemsWith((text) => text.replace('valid_days: 7', 'valid_days: 0').replace('contact:', 'contac:'))
    expect(problems).toEqual([
      expect.stringContaining('operator.contact: is missing'),
      expect.stringContaining('operator.contac: this name is not known. Did you mean contact?'),
      expect.stringContaining('limits.invite_valid_days: must be at least 1. Example: 7'),
    ])
  })

  it('that is not there is asked for', () => {
    expect(() => loadClinic(join(folder, 'none.yaml'))).toThrow(/none\.yaml: this file cannot be read\. Put the file there/)
  })

  it('with its own operator is no example any more', () => {
    writeFileSync(path, sound.replace('Contoh Lembaga', 'Koperasi Maju'))
    expect(hasExampleOperator(loadClinic(path))).toBe(false)
  })
})
