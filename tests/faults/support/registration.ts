// One registration as a person tells it: what she does, in order, and, written down apart from the clinic, what it must know afterwards.
import type { Phone } from '../../stories/support/phone.ts'

export const NAME = 'Kartinah'
export const BUSINESS = 'Pecel Mbok Kartinah'
export const PRODUCT = 'pecel daun semanggi'
export const PHONE = '0812 9876 5432'

export interface Deed {
  readonly does: (phone: Phone) => Promise<void>
  /** What she then sees. */
  readonly sees: string
}

const taps = (label: string, sees: string): Deed => ({ does: (phone) => phone.taps(label), sees })
const says = (text: string, sees: string): Deed => ({ does: (phone) => phone.says(text), sees })

export const DEEDS: readonly Deed[] = [
  { does: (phone) => phone.starts(), sees: 'Klinik Ekonomi Digital' },
  taps('Daftar sekarang', 'Apakah Bapak/Ibu setuju?'),
  taps('Setuju', '18 tahun'),
  taps('Ya', 'nama panggilan'),
  says(NAME, 'disapa bagaimana'),
  taps(`Bu ${NAME}`, 'nama usaha'),
  says(BUSINESS, 'di bidang apa'),
  says('warung makan', 'desa atau kelurahan'),
  says('pujon kidul', 'Ketuk desa yang cocok'),
  taps('Desa Pujon Kidul, Kec. Pujon, Kab. Malang', 'paling laris'),
  says(PRODUCT, 'berapa lama'),
  taps('3-10 tahun', 'orang yang bekerja'),
  taps('2-4 orang', 'penjualan dalam sebulan'),
  taps('Rp5 juta - Rp15 juta', 'Jualan lewat mana'),
  taps('Tetangga', '✅ Tetangga'),
  taps('WhatsApp', '✅ WhatsApp'),
  taps('Sudah, lanjut', 'NIB'),
  taps('Sudah', 'NPWP'),
  taps('Belum', 'SPP-IRT'),
  taps('Sedang diurus', 'halal'),
  taps('Tidak tahu', 'merek'),
  taps('Lewati', 'QRIS'),
  taps('Sudah', 'nomor WA'),
  says(PHONE, 'daftar usaha klinik'),
  taps('Setuju', 'menghubungi'),
  taps('Tidak', 'penelitian'),
  taps('Setuju', 'Sudah cocok semua?'),
  taps('Simpan', 'Nomor anggota'),
]

/** What she told, as the tables hold it; ids and times aside. */
export const ACCOUNT = {
  person: [{ given_name: NAME, honorific: 'ibu', adult: 1, phone: '+6281298765432', time_zone: 'Asia/Jakarta', member_number: 1 }],
  business: [
    {
      name: BUSINESS,
      sector: 'kuliner',
      // idn-area-data, villages.csv: Desa Pujon Kidul, Kecamatan Pujon, Kabupaten Malang.
      village: '35.07.26.2003',
      product: PRODUCT,
      age: '3-10',
      workers: '2-4',
      sales_band: '5-15m',
      channels: ['neighbours', 'whatsapp'],
      licences: { nib: 'have', npwp: 'not-yet', pirt: 'in-progress', halal: 'unknown', bpom: null, brand: null, qris: 'have' },
    },
  ],
  consents: ['clinic', 'directory', 'research'],
}
