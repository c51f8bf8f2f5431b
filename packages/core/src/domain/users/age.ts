const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/

/** A day given as `2000-12-31` or `31.12.2000`; null for what is no day of the calendar. */
export function parseDate(text: string): Date | null {
  const iso = ISO.exec(text)
  const dotted = DOTTED.exec(text)
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : [dotted?.[3], dotted?.[2], dotted?.[1]]
  if (!year || !month || !day) return null
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) ? date : null
}

/** Full years from a birthday until now. */
export function ageOf(birth: Date, now: Date): number {
  const years = now.getUTCFullYear() - birth.getUTCFullYear()
  const hadBirthday =
    now.getUTCMonth() > birth.getUTCMonth() ||
    (now.getUTCMonth() === birth.getUTCMonth() && now.getUTCDate() >= birth.getUTCDate())
  return hadBirthday ? years : years - 1
}
