// Suggests what a request is about from the words in it. Pure; it is a suggestion only, and she may change it.
import type { HelpTopic } from '../content/help-topics.ts'
import { normalise } from '../conversation/parse/normalise.ts'

/** The topic whose words occur most, a phrase counting as much as its words; undefined when none occurs. */
export function suggestTopic(text: string, topics: readonly HelpTopic[]): HelpTopic | undefined {
  const said = ` ${normalise(text.slice(0, 4096)).replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  let best: { readonly topic: HelpTopic; readonly weight: number } | undefined
  for (const topic of topics) {
    const weight = topic.words.filter((word) => said.includes(` ${word} `)).reduce((sum, word) => sum + word.split(' ').length, 0)
    if (weight > (best?.weight ?? 0)) best = { topic, weight }
  }
  return best?.topic
}
