/** Results as owners get them, for the tests of the charts. */
import type { History, HistoryPoint } from '../../src/pictures/history.ts'
import type { Radar } from '../../src/pictures/radar.ts'

export const AREAS = ['Informasi & Catatan Usaha', 'Komunikasi & Layanan Pembeli', 'Konten & Promosi Digital', 'Keamanan & Data Pribadi', 'Transaksi & Solusi Digital']
const BANDS = [{ label: 'pemula', upTo: 0.4 }, { label: 'dasar', upTo: 0.7 }, { label: 'mahir', upTo: 1 }]

/** A radar of points out of 12; null: not assessed. */
export function radarOf(now: readonly (number | null)[], before?: readonly (number | null)[]): Radar {
  return {
    title: 'Kesiapan digital Keripik Apel Bu Sari',
    axes: now.map((points, i) => {
      const earlier = before?.[i]
      const from = earlier == null || points === null ? '' : `${earlier} ke `
      return {
        label: AREAS[i] ?? '',
        now: points === null ? null : points / 12,
        before: earlier == null ? earlier : earlier / 12,
        value: points === null ? 'belum dinilai' : `${from}${points} dari 12`,
      }
    }),
    bands: BANDS,
    legend: before && { now: 'Kini, 23 Nov 2026', before: 'Dulu, 24 Agu 2026' },
    foot: '23 November 2026 · Klinik Ekonomi Digital',
  }
}

export function pointOf(date: string, at: string, areas: readonly (number | null)[], breaksBefore = false): HistoryPoint {
  const known = areas.filter((points) => points !== null)
  const total = known.reduce((sum, points) => sum + points, 0)
  const isWhole = known.length === areas.length
  return {
    date, at: Date.parse(at), breaksBefore,
    total: isWhole ? total / 60 : null,
    value: isWhole ? `${total} dari 60` : 'belum dihitung',
    areas: areas.map((points) => (points === null ? null : points / 12)),
  }
}

export function historyOf(points: readonly HistoryPoint[]): History {
  return {
    title: 'Riwayat Keripik Apel Bu Sari', areas: AREAS, points, totalLabel: 'Nilai keseluruhan',
    breakLabel: 'sejak sini pertanyaannya diperbarui', foot: 'Klinik Ekonomi Digital',
  }
}

export const FIVE_RESULTS = [
  pointOf('23 Nov 2025', '2025-11-23', [3, 5, 2, 4, 1]),
  pointOf('21 Feb 2026', '2026-02-21', [4, 7, 2, 6, 3]),
  pointOf('24 Mei 2026', '2026-05-24', [5, 8, null, 6, 4]),
  pointOf('25 Agu 2026', '2026-08-25', [7, 9, 5, 8, 6], true),
  pointOf('23 Nov 2026', '2026-11-23', [8, 10, 6, 9, 7]),
]
