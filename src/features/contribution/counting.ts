// How help is counted: a stated rule, so that everybody can check the number. Pure.

/** Each day on which someone writes in a case counts for so many minutes: reading, thinking and answering. */
export const MINUTES_A_DAY = 15

/** Hours in hundredths, so that whoever counts the quarters comes to the same number: 45 minutes are 0.75. */
export function hoursOf(minutes: number): number {
  return Math.floor((minutes * 100) / 60) / 100
}

/** The months before this one, newest first, such as 2026-10. @param day today, such as 2026-11-23 */
export function monthsBefore(day: string, count: number): readonly string[] {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return Array.from({ length: count }, (_, at) => {
    const index = year * 12 + (month - 1) - 1 - at
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  })
}
