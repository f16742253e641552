// Recognises that somebody was just cheated, hacked or threatened, anywhere in a message. It must not weigh how bad it is:
// it errs towards help, and a person looks at it next.
import { fold } from './normalise.ts'

/** Words that say on their own that harm was done. */
const HARMED = /^(?:di|ke|ter)?(?:bajak|hack|retas|bobol|peras|teror|tipu|kuras|scam)(?:an|ed|ing|nya)?$/
const HARM_WORDS = words('penipu penipuan penipunya penipuannya kapusan katipu scammer scammed phishing pemerasan diancam hacker dikerjai')
/** These stems alone are ordinary words ("tanah bajak", "air perasan"), unless they follow "kena". */
const ORDINARY = words('bajak bajakan bobol peras perasan teror tipu tipuan kuras')

const SECRETS = words('otp otpnya pin pinnya password paswordnya sandi sandinya verifikasi cvv')
const GIVING = words(`
  kasih kasi kasihkan ngasih ngasi kasihin dikasih beri berikan memberi memberikan diberikan sebut sebutkan nyebut
  menyebutkan bilang bagi bagikan share kesebar bocor minta diminta mintain dimintai dimintain gave give shared told`)
const SENDING = words('kirim kirimkan ngirim dikirim masukkan masukin isi ketik sent send')
const OPENING = words(`
  klik ngeklik diklik keklik terklik pencet kepencet mencet buka dibuka kebuka install instal diinstall diinstal
  keinstall keinstal menginstal pasang unduh download ngedownload clicked opened installed`)
const FILES = words('apk apknya apkpure')
const LINKS = words('link linknya tautan undangan lampiran')
const ACCOUNTS = words(`
  akun akunku akunnya wa whatsapp wasap telegram tele ig instagram fb facebook shopee tokopedia tokped gopay ovo
  dana rekening rekeningku mbanking email gmail hp hpku account`)
const TAKEN = words(`
  diambil dicuri disadap kesadap dikuasai dipakai dikloning dibegal diambilalih kecolongan stolen taken`)
const MONEY = words('uang uangku uangnya duit duitku saldo saldoku saldonya tabungan tabunganku money')
const GONE = words('hilang ilang raib lenyap dicuri disedot kesedot ditarik gone stolen')
const PAYING = words('transfer tf trf ditransfer ketransfer bayar membayar setor paid transferred')
const CHEATS = words('palsu fiktif abal bodong kabur menghilang fake')
const WRONGLY = words('salah keliru')
const DONE = words('sudah udah sdh udh dah telanjur terlanjur telanjut keburu barusan tadi kadung already')

const NEGATED = words('tidak tdk tak ga gak nggak ngga enggak ndak ora belum blm jangan jgn bukan not never dont')
const PREVENTING = words(`
  takut biar agar supaya cara hindari menghindari mencegah cegah waspada awas tips bahaya modus ciri contoh apakah
  avoid prevent`)
const LOOK_BACK = 3
const REACH = 6
const READABLE = 4096

interface Pair {
  readonly one: ReadonlySet<string>
  readonly other: ReadonlySet<string>
  /** Only when the message says that it already happened. */
  readonly done?: true
  /** Only when `other` follows at once. */
  readonly next?: true
}

/** Signs of harm: a word of each set within reach of the other. */
const PAIRS: readonly Pair[] = [
  { one: GIVING, other: SECRETS },
  { one: SENDING, other: SECRETS, done: true },
  { one: OPENING, other: FILES },
  { one: OPENING, other: LINKS, done: true },
  { one: ACCOUNTS, other: TAKEN },
  { one: MONEY, other: GONE },
  { one: PAYING, other: CHEATS },
  { one: WRONGLY, other: PAYING, next: true },
]

/** Whether the message tells of a scam, money sent to a cheat, a code given away, or an account taken over. "Jangan kasih OTP" and
    "takut ditipu" do not. Never throws. */
export function isUrgent(text: string): boolean {
  const plain = fold(text.slice(0, READABLE)).replace(/['’]/g, '')
  const clauses = plain.split(/[,.;:!?]+/).map((clause) => clause.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))
  const done = clauses.some((clause) => clause.some((word) => DONE.has(word)))
  return clauses.some((clause) => tellsHarm(clause, done))
}

function tellsHarm(clause: readonly string[], done: boolean): boolean {
  return clause.some((word, at) => {
    const harm = HARM_WORDS.has(word) || (HARMED.test(word) && !(ORDINARY.has(word) && clause[at - 1] !== 'kena'))
    if (harm) return !isDenied(clause, at, at, done)
    return PAIRS.some((pair) => {
      if (!pair.one.has(word) || (pair.done && !done)) return false
      const other = findNear(clause, at, pair.other, pair.next ? 1 : REACH)
      return other !== undefined && !(pair.next && other < at) && !isDenied(clause, Math.min(at, other), Math.max(at, other), done)
    })
  })
}

function findNear(clause: readonly string[], at: number, set: ReadonlySet<string>, reach: number): number | undefined {
  for (let step = 1; step <= reach; step += 1) {
    if (set.has(clause[at + step] ?? '')) return at + step
    if (set.has(clause[at - step] ?? '')) return at - step
  }
  return undefined
}

// Once it has happened, a worried "supaya" or "cara" beside it no longer makes it a question about prevention.
function isDenied(clause: readonly string[], from: number, to: number, done: boolean): boolean {
  const before = clause.slice(Math.max(0, from - LOOK_BACK), to)
  return before.some((word, index) => {
    // "Saya tidak tahu itu penipu" tells of harm all the same.
    if (NEGATED.has(word)) return !/^(?:tahu|tau|sadar|sengaja)$/.test(before[index + 1] ?? '')
    return !done && PREVENTING.has(word)
  })
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
