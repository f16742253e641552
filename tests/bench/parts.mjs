// Costs of single parts of the clinic, measured inside this process: finding a village, drawing pictures, sending from the outbox.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { createDispatcher } from '../../dist/src/delivery/dispatcher.js'
import { enqueue } from '../../dist/src/delivery/outbox.js'
import { history } from '../../dist/src/pictures/history.js'
import { memberCard } from '../../dist/src/pictures/member-card.js'
import { createPictures } from '../../dist/src/pictures/pictures.js'
import { radar } from '../../dist/src/pictures/radar.js'
import { openDatabase } from '../../dist/src/storage/database.js'
import { createVillages } from '../../dist/src/villages/villages.js'
import { percentile } from './referee.mjs'

const cpuMs = (from) => {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

/** What people type for their village: right, glued, with a slip, with more behind it, and a name that many villages have. */
const TYPED = ['Pujon Kidul', 'pujonkidul', 'sidomulyo', 'sidomulyo batu', 'ds sukamaju kec cikarang', 'karang anyar', 'tanjung sari bogor', 'kebon jerukk', 'desa wonorejo', 'mekarsari depok', 'sukorejoo', 'kampung baru']

/** Milliseconds of one search: p50, p95. */
export async function villageSearch() {
  const villages = createVillages()
  await villages.ready()
  const times = []
  for (let round = 0; round < 50; round += 1) {
    for (const text of TYPED) {
      const from = performance.now()
      villages.search(text, 6)
      times.push(performance.now() - from)
    }
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) }
}

/** Every picture the clinic draws, each time with another number so that none is remembered. */
const PICTURES = {
  card(number) {
    const labels = { title: 'Kartu anggota', business: 'Usaha', sector: 'Bidang', village: 'Desa', memberNumber: 'Nomor', since: 'Sejak' }
    return memberCard({ name: 'Sari Wulandari', memberNumber: `KED-${number}`, business: 'Warung Bu Sari', sector: 'Kuliner siap saji', village: 'Desa Pujon Kidul, Kec. Pujon, Kab. Malang', clinic: 'Klinik Ekonomi Digital', since: '23 November 2026', labels })
  },
  radar: (number) => radar({ ...result(number), axes: result(number).axes.map((axis) => ({ ...axis, before: undefined })) }),
  thenAndNow: (number) => radar({ ...result(number), legend: { now: 'Kini, 23 Nov 2026', before: 'Dulu, 24 Agu 2026' } }),
  history(number) {
    const points = [1, 2, 3, 4, 5].map((at) => ({ date: `${at} Nov 2026`, at: at * 86_400_000, total: at / 6, value: `${at}0 dari 60`, areas: AREAS.map((_, area) => (at + area) / 12), breaksBefore: at === 4 }))
    return history({ title: `Riwayat Warung Bu Sari ${number}`, areas: AREAS, points, totalLabel: 'Nilai keseluruhan', breakLabel: 'sejak sini pertanyaannya diperbarui', foot: 'Klinik Ekonomi Digital' })
  },
}

const AREAS = ['Informasi & Catatan Usaha', 'Komunikasi & Layanan Pembeli', 'Konten & Promosi Digital', 'Keamanan & Data Pribadi', 'Transaksi & Solusi Digital']

const result = (number) => ({
  title: `Kesiapan digital Warung Bu Sari ${number}`,
  axes: AREAS.map((label, at) => ({ label, now: (5 + at) / 12, before: (2 + at) / 12, value: `${5 + at} dari 12` })),
  bands: [{ label: 'pemula', upTo: 0.4 }, { label: 'dasar', upTo: 0.7 }, { label: 'mahir', upTo: 1 }],
  foot: '23 November 2026 · Klinik Ekonomi Digital',
})

/** CPU milliseconds of one picture of each kind, all threads together. */
export async function drawing(count = 40) {
  const pictures = createPictures()
  const costs = {}
  for (const [kind, svg] of Object.entries(PICTURES)) {
    for (let number = 0; number < 5; number += 1) await pictures.renderPng(svg(number))
    const from = process.cpuUsage()
    for (let number = 5; number < count + 5; number += 1) await pictures.renderPng(svg(number))
    costs[kind] = cpuMs(from) / count
  }
  await pictures.close()
  return costs
}

/** CPU microseconds of a waiting row: claimed, handed over, settled. The call itself costs nothing here. */
export async function outbox(rows = 10_000) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const database = await openDatabase(`sqlite:${join(folder, 'clinic.db')}`)
  try {
    await database.transaction(async (tx) => {
      for (let at = 0; at < rows; at += 1) await enqueue(tx, { chatId: 1000 + at, method: 'sendMessage', payload: { text: 'Halo, ini pesan dari klinik.', parse_mode: 'HTML' } }, 1)
    })
    let id = 0
    const dispatcher = createDispatcher({
      database,
      api: { raw: { sendMessage: async () => ({ message_id: (id += 1) }) } },
      now: Date.now,
      random: Math.random,
      log: { debug() {}, info() {}, warn() {}, error() {} },
      onSentHandlers: {},
      limits: { overallPerSecond: Infinity, bulkShare: 1, privatePerSecond: Infinity, privateBurst: Infinity, groupPerMinute: Infinity },
      drawPicture: undefined,
      drawDocument: undefined,
    })
    const from = process.cpuUsage()
    dispatcher.start()
    while (dispatcher.stats().sent < rows) await dispatcher.idle()
    const cost = (cpuMs(from) * 1000) / rows
    await dispatcher.stop(1000)
    return cost
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Fills a clinic's database with `count` people who are members, each with a business, an earlier message and an update already seen. */
export async function fillClinic(folder, count) {
  const path = join(folder, 'clinic.db')
  const database = await openDatabase(`sqlite:${path}`)
  await database.close()
  const file = new SqliteFile(path)
  file.pragma('synchronous = OFF')
  const all = `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${count})`
  const day = 86_400_000
  const now = Date.now()
  file.exec(`begin;
    insert into person (telegram_id, given_name, honorific, adult, time_zone, member_number, member_since, created_at, last_seen_at)
      ${all} select 1000 + i, 'Sari', 'ibu', 1, 'Asia/Jakarta', i + 1, ${now - 40 * day}, ${now - 40 * day}, ${now} from n;
    insert into role (person_id, role, granted_at) ${all} select i + 1, 'owner', ${now - 40 * day} from n;
    insert into business (person_id, name, sector, village_code, licences, created_at, updated_at)
      ${all} select i + 1, 'Warung Bu Sari', 'food', '35.07.26.2003', '{}', ${now - 40 * day}, ${now - 40 * day} from n;
    insert into outbox (chat_id, lane, method, payload, state, attempts, next_at, message_id, created_at, settled_at)
      ${all} select 1000 + i, 'reply', 'sendMessage', '{"text":"Halo, Bu Sari. Ini pesan dari klinik.","parse_mode":"HTML"}', 'sent', 1, ${now - day}, i, ${now - day}, ${now - day} from n;
    insert into seen_update (bot_id, update_id, seen_at) ${all} select 7, -1 - i, ${now - day} from n;
    commit; pragma wal_checkpoint(truncate)`)
  file.close()
}
