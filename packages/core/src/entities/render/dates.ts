/** `2026-01-02T03:04:05.678Z`: how every date and time leaves the house. */
export function toIso(date: Date): string
export function toIso(date: Date | null): string | null
export function toIso(date: Date | null): string | null {
  return date === null ? null : date.toISOString()
}

/** `2026-01-02`, the day in UTC. */
export function toDay(date: Date | null): string | null {
  return date === null ? null : date.toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/** Midnight UTC of the day: joining times are told no finer. */
export function toMidnight(date: Date): string {
  return `${date.toISOString().slice(0, 'YYYY-MM-DD'.length)}T00:00:00.000Z`
}

/** Without milliseconds: `2026-01-02T03:04:05Z`. */
export function toIsoSeconds(date: Date | null): string | null {
  return date === null ? null : `${date.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z`
}

/** `2026-01-02T03:04:05.678+00:00`, the form that verified links keep; a date nobody can read is none. */
export function toOffsetIso(text: string | null): string | null {
  const date = new Date(text ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('Z', '+00:00')
}
