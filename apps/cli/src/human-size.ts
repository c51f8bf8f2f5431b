const UNITS = ['KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const
const DIGITS = 3

/** Bytes as tootctl tells them: three digits that mean something, in steps of 1,024. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 Byte' : `${bytes} Bytes`
  const step = Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), UNITS.length)
  return `${Number((bytes / 1024 ** step).toPrecision(DIGITS))} ${UNITS[step - 1]}`
}
