// Holds that pictures and voice notes of tips are there, are what they are called, and are small.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

import { loadMediaSizes } from '../../src/content/media.ts'
import { loadTips } from '../../src/content/tips.ts'
import { packageRoot } from '../../src/package-root.ts'
import { silentVoiceNote } from '../../src/simulator/page/voice.ts'
import { brokenData, dataFile, problemsOf } from './samples.ts'

/** A package folder whose data/media/ holds these files. */
function folderWith(files: Readonly<Record<string, Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'media-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(join(root, 'data/media'), { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, 'data/media', name), content)
  return root
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0])
const tip = (file: string, kind: 'picture' | 'voice') => [{ id: 'info-t1', media: { file, kind } }]

it('knows the size of every picture the tips name', () => {
  const sizes = loadMediaSizes(packageRoot(), loadTips(dataFile('tips.yaml')))
  expect(sizes.size).toBeGreaterThanOrEqual(3)
  for (const bytes of sizes.values()) expect(bytes).toBeLessThan(50_000)
})

it('takes a voice note', () => {
  const voice = silentVoiceNote(2)
  expect(loadMediaSizes(folderWith({ 'a.ogg': voice }), tip('a.ogg', 'voice'))).toEqual(new Map([['a.ogg', voice.length]]))
})

it.each([
  ['a file that is not there', {}, tip('a.png', 'picture'), 'data/tips.yaml: tips.info-t1.media: there is no data/media/a.png. Put the file there, or take the line away.'],
  ['a file of another kind', { 'a.png': PNG }, tip('a.png', 'voice'), 'data/tips.yaml: tips.info-t1.media: a.png is no voice. A picture is a PNG or JPEG, a voice note an Ogg file with Opus.'],
  ['a text called picture', { 'a.png': Buffer.from('hai') }, tip('a.png', 'picture'), 'data/tips.yaml: tips.info-t1.media: a.png is no picture. A picture is a PNG or JPEG, a voice note an Ogg file with Opus.'],
  ['a heavy file', { 'a.png': Buffer.concat([PNG, Buffer.alloc(150_000)]) }, tip('a.png', 'picture'), 'data/tips.yaml: tips.info-t1.media: a.png has 151 KB. Make it smaller: at most 150 KB, people pay for every one.'],
  ['a file nobody needs', { 'a.png': PNG, 'b.png': PNG }, tip('a.png', 'picture'), 'data/media/b.png: no tip names this file. Name it under media in data/tips.yaml, or remove it.'],
])('does not start with %s', (_, files, tips, problem) => {
  expect(() => loadMediaSizes(folderWith(files), tips)).toThrow(problem)
})

it('shows such a mistake in the content check, and an address out of the folder', () => {
  const problems = (to: string) => problemsOf(brokenData('data/tips.yaml', 'file: catatan-uang.png', `file: ${to}`)).map(({ key, what }) => `${key} ${what}`)
  expect(problems('hilang.png')).toContain('tips.info-t2.media there is no data/media/hilang.png')
  expect(problems('../clinic.yaml')).toContain('tips.info-t2.media.file must be a file name of small letters, digits and -')
})
