// What the names of a pilot's fields mean here: "namaUsaha", "business_name" and {usaha: {nama}} are one and the same. Pure; it reads no values.

/** What a field holds: a step of the registration form, or what else is taken over. */
export type Meaning = 'language' | 'is-bot' | 'district' | 'regency' | 'province' | (string & {})

/** Words by their common token. A name is a set of tokens; the order of its words does not matter. */
const TOKENS = tokens({
  nama: 'nama name',
  usaha: 'usaha bisnis business toko umkm shop store',
  hp: 'hp handphone ponsel telepon telpon telp tlp phone mobile wa whatsapp',
  sektor: 'sektor sector bidang',
  jenis: 'jenis type kategori category',
  desa: 'desa kelurahan village',
  kode: 'kode code',
  produk: 'produk product',
  lama: 'lama umur usia age',
  pekerja: 'pekerja workers',
  penjualan: 'penjualan omzet omset sales revenue',
  bulan: 'bulan bulanan perbulan sebulan month monthly',
  saluran: 'saluran channel channels',
  merek: 'merek merk brand trademark',
  pemilik: 'pemilik owner',
  sapaan: 'sapaan honorific salutation',
  bahasa: 'bahasa language lang locale',
  kecamatan: 'kecamatan kec district subdistrict',
  kabupaten: 'kabupaten kab kota regency city',
  provinsi: 'provinsi propinsi province',
})

/** Words that change nothing in what a name means. */
const EMPTY_WORDS = words('nomor nomer no num number data saya my jumlah utama main status punya has is per input')

/** Objects that only hold the fields together. */
const CONTAINERS = words(
  `session form formulir profile profil user pengguna registration registrasi register pendaftaran daftar answers answer jawaban state scene scenes
   wizard from person orang biodata member anggota contact kontak draft izin perizinan legalitas license licenses licence licences alamat address lokasi location`,
)

/**
 * The names of each meaning. Left out on purpose: what is not the person's own answer (first_name, language_code), and what counts differently than
 * here ("karyawan" leaves her out, "omzet" alone may be of a day or a year, "umur" alone is her own).
 */
const NAMES: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    name: 'nama, nama panggilan, nama lengkap, full nama, fullname, nickname, pemilik, nama pemilik',
    honorific: 'sapaan',
    'business-name': 'usaha, nama usaha',
    sector: 'sektor, sektor usaha, jenis usaha',
    village: 'desa, nama desa, kode desa',
    district: 'kecamatan',
    regency: 'kabupaten',
    province: 'provinsi',
    product: 'produk, nama produk, produk unggulan',
    age: 'lama usaha, lama berdiri',
    workers: 'pekerja, tenaga kerja, orang bekerja',
    sales: 'penjualan bulan',
    channels: 'saluran, saluran penjualan, jualan lewat',
    nib: 'nib',
    npwp: 'npwp',
    pirt: 'pirt, spp irt',
    halal: 'halal, sertifikat halal',
    bpom: 'bpom',
    brand: 'merek, merek terdaftar',
    qris: 'qris',
    phone: 'hp',
    language: 'bahasa',
    'is-bot': 'bot',
  }).flatMap(([meaning, names]) => names.split(',').map((name) => [setOf(name.trim().split(' ')), meaning] as const)),
)

/** What the field at this path means, such as `['form', 'namaUsaha']`; undefined when it has no place here. */
export function meaningOf(path: readonly string[]): Meaning | undefined {
  const holders = path.slice(0, -1).flatMap(wordsOf).filter((word) => !CONTAINERS.has(word))
  const name = [...holders, ...wordsOf(path.at(-1) ?? '')].filter((word) => !EMPTY_WORDS.has(word)).map((word) => TOKENS.get(word) ?? word)
  const aboutBusiness = name.filter((token) => token !== 'usaha')
  return NAMES.get(setOf(name)) ?? (aboutBusiness.length > 0 ? NAMES.get(setOf(aboutBusiness)) : undefined)
}

/** "namaUsaha" and "nama_usaha" are the words nama and usaha. */
function wordsOf(name: string): readonly string[] {
  return name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

function setOf(name: readonly string[]): string {
  return [...new Set(name)].toSorted().join(' ')
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}

function tokens(byToken: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(byToken).flatMap(([token, list]) => list.split(' ').map((word) => [word, token] as const)))
}
