// What people call the hours of the day. Pure.

/** "07.00", as clocks are written in Indonesia. */
export function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}.00`
}

/** How an hour is typed, its label first: "07.00", "7", "jam 7 pagi", "7 am"; in the evening also "7 malam" and "7 pm". */
export function hourWords(hour: number): readonly string[] {
  const twelve = hour > 12 ? hour - 12 : hour
  const parts = [...partsOfDay(hour), hour < 12 ? 'am' : 'pm'].map((part) => `${twelve} ${part}`)
  const plain = [`${hour}`, clock(hour), `${hour}.00`, ...parts]
  return [clock(hour), ...plain, ...['jam', 'pukul', 'jm'].flatMap((word) => plain.map((one) => `${word} ${one}`))]
}

function partsOfDay(hour: number): readonly string[] {
  if (hour < 4) return ['malam', 'dini hari', 'pagi']
  if (hour < 11) return ['pagi']
  if (hour < 15) return ['siang']
  return hour < 18 ? ['sore'] : ['sore', 'petang', 'malam']
}
