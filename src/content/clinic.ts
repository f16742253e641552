// What one clinic decides for itself: who runs it, when it stays quiet, and every duration and limit it may change.
// It must not read the environment or decide what the limits are used for.
import { z } from 'zod'
import { loadYaml } from './yaml-file.ts'
import type { CamelCased } from './camel-case.ts'

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const words = (example: string) => z.string().trim().min(1).max(200).meta({ example })

const limit = (example: number, min: number, max: number) => z.int().min(min).max(max).meta({ example: String(example) })

const timeOfDay = (example: string) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day in quotes, from "00:00" to "23:59"')
    .meta({ example: `"${example}"` })

const quietTime = z
  .strictObject({
    weekday: z.enum(WEEKDAYS).meta({ example: 'friday' }).optional(),
    from: timeOfDay('21:00'),
    until: timeOfDay('06:00'),
  })
  .refine(({ from, until }) => from !== until, 'from and until are the same time')
  .meta({ example: '{from: "21:00", until: "06:00"}' })
  .transform(({ weekday, from, until }) => ({ weekday, fromMinute: minuteOfDay(from), untilMinute: minuteOfDay(until) }))

const holiday = z.strictObject({
  date: z.iso.date().meta({ example: '2027-01-01' }),
  name: words('Tahun Baru'),
})

const limits = z
  .strictObject({
    form_first_reminder_after_hours: limit(24, 1, 720),
    form_second_reminder_after_days: limit(5, 1, 90),
    invite_valid_days: limit(7, 1, 90),
    help_text_max_chars: limit(2000, 100, 4096),
    help_kept_months: limit(6, 1, 60),
    retention_ask_after_months: limit(12, 1, 60),
    retention_erase_after_days: limit(30, 7, 365),
    consent_proof_kept_years: limit(5, 1, 30),
    backup_kept_days: limit(30, 1, 365),
    outbox_payload_kept_days: limit(7, 1, 90),
    seen_update_kept_days: limit(7, 2, 90),
    funnel_kept_months: limit(12, 1, 60),
    heartbeat_local_hour: limit(8, 0, 23),
    silence_alarm_after_hours: limit(2, 2, 168),
    send_per_second_overall: limit(30, 1, 1000),
    send_per_second_per_chat: limit(1, 1, 5),
    send_burst_per_chat: limit(5, 1, 20),
    send_per_minute_per_group: limit(20, 1, 60),
    bulk_share_percent: limit(80, 1, 100),
  })
  .refine((all) => all.form_second_reminder_after_days * 24 > all.form_first_reminder_after_hours, {
    path: ['form_second_reminder_after_days'],
    message: 'the second reminder must come after the first',
  })

/** The shape of `data/clinic.yaml`; unknown names are refused. */
export const clinicFile = z.strictObject({
  name: words('Klinik Ekonomi Digital'),
  operator: z.strictObject({
    name: words('Koperasi Maju Bersama'),
    address: words('Jalan Raya Pujon 12, Kabupaten Malang'),
    contact: words('0341-555123'),
  }),
  responsible_person: words('Rini Hartati'),
  server_country: words('Indonesia'),
  quiet_hours: z.array(quietTime).meta({ example: '[{from: "21:00", until: "06:00"}]' }),
  holidays: z
    .array(holiday)
    .refine((all) => new Set(all.map(({ date }) => date)).size === all.length, 'the same date stands there twice')
    .meta({ example: '[{date: 2027-01-01, name: Tahun Baru}]' }),
  limits,
})

/**
 * A clinic's own decisions. Units stand in the names of `limits`. A quiet time runs from `fromMinute` to `untilMinute`,
 * minutes of the local day; past midnight when `untilMinute` is the smaller. Without `weekday` it holds every day.
 */
export type Clinic = CamelCased<z.output<typeof clinicFile>>

export type ClinicLimits = Clinic['limits']

export type QuietTime = Clinic['quietHours'][number]

/** Reads the clinic file at `path`. Throws a `ContentError` that lists every problem. */
export function loadClinic(path: string): Clinic {
  return loadYaml(path, clinicFile)
}

/** Whether the operator is still the made-up one the package comes with, which real people must never be shown. */
export function hasExampleOperator(clinic: Clinic): boolean {
  return clinic.operator.name === 'Contoh Lembaga'
}

function minuteOfDay(time: string): number {
  const [hours, minutes] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
