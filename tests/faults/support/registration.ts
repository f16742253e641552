// One registration as a person tells it: what she does, in order, and, written down apart from the clinic, what it must know afterwards.
import type { Phone } from '../../stories/support/phone.ts'

/** What differs from one person to the next. */
export interface Registrant {
  readonly name: string
  readonly business: string
  readonly product: string
  /** As she types it, with the 0 in front. */
  readonly phone: string
}

export const KARTINAH: Registrant = { name: 'Kartinah', business: 'Pecel Mbok Kartinah', product: 'pecel daun semanggi', phone: '0812 9876 5432' }

export interface Deed {
  readonly does: (phone: Phone) => Promise<void>
  /** What she then sees. */
  readonly sees: string
  /** Words by which the messages it brings are known, in order; absent: what she sees, in one. */
  readonly replies?: readonly string[]
}

const taps = (label: string, sees: string): Deed => ({ does: (phone) => phone.taps(label), sees })
/** The message she tapped changes, and no other comes. */
const ticks = (label: string): Deed => ({ ...taps(label, `✅ ${label}`), replies: [] })
const says = (text: string, sees: string): Deed => ({ does: (phone) => phone.says(text), sees })

export const START: Deed = { does: (phone) => phone.starts(), sees: 'tiga menit', replies: ['teman belajar', 'tiga menit'] }

export const deedsOf = ({ business, name, phone, product }: Registrant): readonly Deed[] => [
  START,
  taps('Daftar sekarang', 'Apakah Bapak/Ibu setuju?'),
  taps('Setuju', 'Apakah usia'),
  taps('Ya', 'nama panggilan'),
  says(name, 'disapa bagaimana'),
  taps(`Bu ${name}`, 'nama usaha'),
  says(business, 'di bidang apa'),
  says('warung makan', 'desa atau kelurahan'),
  says('pujon kidul', 'Ketuk desa yang cocok'),
  taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang', 'paling laris'),
  says(product, 'berapa lama'),
  taps('3-10 tahun', 'orang yang bekerja'),
  taps('2-4 orang', 'penjualan dalam sebulan'),
  taps('Rp5 juta - Rp15 juta', 'Jualan lewat mana'),
  ticks('Tetangga'),
  ticks('WhatsApp'),
  taps('Sudah, lanjut', 'NIB'),
  taps('Sudah', 'NPWP'),
  taps('Belum', 'SPP-IRT'),
  taps('Sedang diurus', 'halal'),
  taps('Tidak tahu', 'merek'),
  taps('Lewati', 'QRIS'),
  taps('Sudah', 'nomor WA'),
  says(phone, 'daftar usaha klinik'),
  taps('Setuju', 'menghubungi'),
  taps('Tidak', 'penelitian'),
  taps('Setuju', 'Sudah cocok semua?'),
  taps('Simpan', 'Nomor anggota'),
]

export const DEEDS = deedsOf(KARTINAH)

/** What she told, as the tables hold it; ids, numbers and times aside. */
export const accountOf = ({ business, name, phone, product }: Registrant) => ({
  person: { given_name: name, honorific: 'ibu', adult: 1, phone: phone.replaceAll(' ', '').replace(/^0/, '+62'), time_zone: 'Asia/Jakarta' },
  business: {
    name: business,
    sector: 'kuliner',
    // idn-area-data, villages.csv: Desa Pujon Kidul, Kecamatan Pujon, Kabupaten Malang.
    village: '35.07.26.2003',
    product,
    age: '3-10',
    workers: '2-4',
    sales_band: '5-15m',
    channels: ['neighbours', 'whatsapp'],
    licences: { nib: 'have', npwp: 'not-yet', pirt: 'in-progress', halal: 'unknown', bpom: null, brand: null, qris: 'have' },
  },
  consents: ['clinic', 'directory', 'research'],
})
