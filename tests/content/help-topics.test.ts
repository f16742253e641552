// The topics people ask help for lead to tips that exist, and each area has some.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AREAS } from '../../src/content/assessment.ts'
import { loadHelpTopics } from '../../src/content/help-topics.ts'
import { loadTips } from '../../src/content/tips.ts'
import { packageRoot } from '../../src/package-root.ts'

const data = (name: string) => join(packageRoot(), 'data', name)
const topics = loadHelpTopics(data('help-topics.yaml'))
const tips = loadTips(data('tips.yaml'))

it.each(topics.map((topic) => [topic.id, topic] as const))('"%s" names tips that exist, and an area of the check', (_, { tips: named, area }) => {
  expect(named.filter((id) => !tips.some((tip) => tip.id === id))).toEqual([])
  expect(AREAS).toContain(area)
})

it('every area is somebody’s question', () => {
  expect(AREAS.filter((area) => !topics.some((topic) => topic.area === area))).toEqual([])
})
