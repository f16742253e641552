/**
 * Holds that pictures look as they did when somebody looked at them: compared with the images in `approved/`, within a
 * tolerance. After a wanted change: `APPROVE_PICTURES=1 npm run vitest -- tests/pictures/approved.test.ts`, then look at each.
 */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { history } from '../../src/pictures/history.ts'
import { createPictures } from '../../src/pictures/pictures.ts'
import { radar } from '../../src/pictures/radar.ts'
import { FIVE_RESULTS, historyOf, pointOf, radarOf } from './samples.ts'

const FOLDER = join(packageRoot(), 'tests/pictures/approved')
/** Of 255, in any channel: edges of letters differ by less between versions of the library that draws. */
const NOTICED = 80
/** Share of pixels that may differ by more: about 150 of a chart. */
const TOLERATED = 0.000_25

const pictures = createPictures()
afterAll(() => pictures.close())

/** Share of pixels that differ noticeably; 1 when the sizes differ. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((png) => sharp(png).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })))
  if (a!.info.width !== b!.info.width || a!.info.height !== b!.info.height) return 1
  let differing = 0
  for (let at = 0; at < a!.data.length; at += 3) {
    if ([0, 1, 2].some((channel) => Math.abs(a!.data[at + channel]! - b!.data[at + channel]!) > NOTICED)) differing += 1
  }
  return differing / (a!.data.length / 3)
}

const approved = (name: string) => join(FOLDER, `${name}.png`)

describe('pictures look as approved', () => {
  it.each([
    ['radar-first', radar(radarOf([7, 9, 4, 6, 8]))],
    ['radar-one-not-assessed', radar(radarOf([7, 9, null, 6, 8]))],
    ['radar-then-and-now', radar(radarOf([8, 10, 6, 9, 7], [4, 10, 3, 6, 2]))],
    ['radar-all-low', radar(radarOf([0, 1, 0, 2, 0]))],
    ['history-first', history(historyOf([pointOf('23 Nov 2026', '2026-11-23', [7, 9, 4, 6, 8])]))],
    ['history-five', history(historyOf(FIVE_RESULTS))],
  ])('%s', async (name, svg) => {
    const png = await pictures.renderPng(svg)
    // A palette keeps the files of the repository small.
    if (process.env['APPROVE_PICTURES'] !== undefined) await sharp(png).png({ palette: true, colours: 64 }).toFile(approved(name))
    const differing = existsSync(approved(name)) ? await difference(png, await sharp(approved(name)).toBuffer()) : 1
    const actual = join(tmpdir(), `${name}.png`)
    if (differing > TOLERATED) await writeFile(actual, png)
    expect(differing, `See ${actual} beside ${approved(name)}.`).toBeLessThanOrEqual(TOLERATED)
  })

  it('a single point more in one area is noticed', async () => {
    const [one, other] = await Promise.all([[7, 9, 4, 6, 8], [7, 9, 5, 6, 8]].map((points) => pictures.renderPng(radar({ ...radarOf(points), axes: radarOf(points).axes.map((axis) => ({ ...axis, value: '' })) }))))
    expect(await difference(one!, other!)).toBeGreaterThan(2 * TOLERATED)
  })
})
