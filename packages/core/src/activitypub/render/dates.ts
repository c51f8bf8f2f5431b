/** Seconds are as fine as Mastodon tells it: `2026-01-02T03:04:05Z`. */
export function toWire(date: Date): string {
  return `${date.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z`
}

/** Midnight UTC of the day: when somebody joined is told no finer. */
export function toWireDay(date: Date): string {
  return `${date.toISOString().slice(0, 'YYYY-MM-DD'.length)}T00:00:00Z`
}

/** Seconds since 1970. */
export function toUnix(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
