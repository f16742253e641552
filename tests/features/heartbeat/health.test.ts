// What a coordinator is told of the clinic: one line when all is well, otherwise what there is to know.
import { describe, expect, it } from 'vitest'
import { describeHealth, durationOf, type Health } from '../../../src/features/heartbeat/health.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const WELL: Health = {
  updateCount: 120,
  failures: { count: 0, references: [] },
  sendingWaitsMs: undefined,
  deadCount: 0,
  unknownCount: 0,
  backupAgeMs: 6 * HOUR,
  asking: { count: 0, longestMs: 0 },
}

describe('a clinic', () => {
  it.each<[string, Partial<Health>]>([
    ['where nothing is wrong', {}],
    ['where nobody wrote', { updateCount: 0 }],
    ['where a message has waited for a moment', { sendingWaitsMs: 14 * MINUTE }],
    ['whose backup is of yesterday', { backupAgeMs: 47 * HOUR }],
  ])('%s needs one line', (_what, more) => {
    expect(describeHealth({ ...WELL, ...more }).map(({ key }) => key)).toEqual(['heartbeat.well'])
  })

  it.each<[string, Partial<Health>, object]>([
    ['people wait for an answer', { asking: { count: 2, longestMs: 5 * HOUR } }, { key: 'heartbeat.asking', params: { count: 2 }, durationMs: 5 * HOUR }],
    ['updates were not handled', { failures: { count: 2, references: ['B2', 'A1'] } }, { key: 'heartbeat.failures', params: { count: 2, references: 'B2, A1' } }],
    ['a message can not leave', { sendingWaitsMs: 15 * MINUTE }, { key: 'heartbeat.waiting', params: {}, durationMs: 15 * MINUTE }],
    ['messages were refused', { deadCount: 3 }, { key: 'heartbeat.dead', params: { count: 3 } }],
    ['nobody knows whether messages arrived', { unknownCount: 1 }, { key: 'heartbeat.unknown', params: { count: 1 } }],
    ['the backup is old', { backupAgeMs: 48 * HOUR }, { key: 'heartbeat.backup.old', params: {}, durationMs: 48 * HOUR }],
    ['there is no backup', { backupAgeMs: undefined }, { key: 'heartbeat.backup.none', params: {} }],
  ])('where %s says so', (_what, more, line) => {
    const lines = describeHealth({ ...WELL, ...more })
    expect(lines[0]).toEqual({ key: 'heartbeat.title', params: { count: 120 } })
    expect(lines[1]).toEqual(line)
    expect(lines.filter(({ key }) => key.startsWith('heartbeat.backup'))).toHaveLength(1)
  })

  it('says nothing of backups that are made elsewhere', () => {
    expect(describeHealth({ ...WELL, backupAgeMs: 'elsewhere' })).toEqual([{ key: 'heartbeat.running', params: { count: 120 } }])
    expect(describeHealth({ ...WELL, backupAgeMs: 'elsewhere', deadCount: 3 }).map(({ key }) => key)).toEqual(['heartbeat.title', 'heartbeat.dead'])
  })
})

it.each([
  [0, 'minutes', 1],
  [90_000, 'minutes', 1],
  [119 * MINUTE, 'minutes', 119],
  [2 * HOUR, 'hours', 2],
  [47.9 * HOUR, 'hours', 47],
  [48 * HOUR, 'days', 2],
  [30.5 * 24 * HOUR, 'days', 30],
] as const)('%d ms are said as %s, %d', (ms, unit, count) => expect(durationOf(ms)).toEqual({ unit, count }))
