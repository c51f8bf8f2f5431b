const UNITS = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB']
const STEP = 1024
const DIGITS = 3

/** Bytes for people, three digits of the largest unit: `0 Bytes`, `1 Byte`, `1.18 MB`, `118 MB`. */
export function humanSize(bytes: number): string {
  if (bytes < STEP) return bytes === 1 ? '1 Byte' : `${bytes} Bytes`
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / Math.log2(STEP)))
  // Four digits before the point are told in tens: 1,023.99 KB is 1020 KB.
  const number = Number((bytes / STEP ** power).toPrecision(DIGITS))
  return `${number} ${UNITS[power]}`
}
