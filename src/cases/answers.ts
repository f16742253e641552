// Finds the question somebody asked before that is most like what she writes now. Pure: it looks at words in common and knows no meaning, so
// it would rather find nothing than something else.
import { fullWord, normalise, wordsOf } from '../conversation/parse/normalise.ts'

/** A question with its answer, without anyone's name. */
export interface AnswerCard {
  readonly id: number
  /** Area of the self-assessment; null when nobody knew. */
  readonly area: string | null
  readonly question: string
  readonly answer: string
}

/** At least so many telling words must occur in both. */
const WORDS_IN_COMMON = 2
/** And so large a share of the shorter of the two. */
const SHARE_IN_COMMON = 0.6
const SHORTEST_WORD = 3

/** Words that stand in every question and tell nothing of what it is about. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  `yang dan atau dari untuk dengan pada dalam ini itu ada tidak belum sudah bisa saya kami aku kita mau ingin harus bagaimana gimana caranya cara apa
  apakah kenapa mengapa kalau jika agar supaya karena juga lagi terus masih sama saja akan tapi tetapi oleh minta tolong mohon bantu bantuan dibantu
  tanya punya usaha warung toko jualan banget sekali sering selalu kah nya waktu hari ini kemarin tadi orang the and for with not can how what why
  please help shop business have does this that`.split(/\s+/),
)

/** The card that fits best: of her area where both are known, with enough words in common; undefined when none does. */
export function fittingAnswer<C extends AnswerCard>(text: string, area: string | null, cards: readonly C[]): C | undefined {
  const said = tellingWords(text)
  let best: { readonly card: C; readonly common: number } | undefined
  for (const card of cards) {
    if (area !== null && card.area !== null && card.area !== area) continue
    const asked = tellingWords(card.question)
    const common = [...asked].filter((word) => said.has(word)).length
    if (common < WORDS_IN_COMMON || common < SHARE_IN_COMMON * Math.min(asked.size, said.size)) continue
    if (common > (best?.common ?? 0)) best = { card, common }
  }
  return best?.card
}

/** Her words in one spelling, without those that tell nothing: "kodenya" and "kode" are one. */
function tellingWords(text: string): ReadonlySet<string> {
  const words = wordsOf(normalise(text.slice(0, 4096))).map((word) => fullWord(word).replace(/(?<=\p{L}{3})(?:nya|ku|mu)$/u, ''))
  return new Set(words.filter((word) => word.length >= SHORTEST_WORD && !COMMON_WORDS.has(word)))
}
