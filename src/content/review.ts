// Until when something somebody looked at may be shown.

const DAY_MS = 86_400_000

/** Whether it is still the day of the review date (YYYY-MM-DD, in Jakarta) or before. `now` is ms UTC. */
export function isWithinReview(reviewBy: string, now: number): boolean {
  return now < Date.parse(`${reviewBy}T00:00:00+07:00`) + DAY_MS
}
