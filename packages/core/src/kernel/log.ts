import { type DestinationStream, pino } from 'pino'

export interface Logger {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
  child(fields: object): Logger
}

/** Field names whose values never reach a log line, wherever they stand (Mastodon's list of filtered parameters). */
const SECRET_NAMES = [
  'password',
  'email',
  'secret',
  'token',
  'access_token',
  'client_secret',
  'code',
  'code_verifier',
  'authorization',
  'cookie',
  'otp',
  'private_key',
  'signature',
]
const DEPTHS = ['', '*.', '*.*.']

/** Fields in which an error of Postgres repeats the values of the row: a whole failing row may stand there. */
const ROW_FIELDS = ['detail', 'where', 'internalQuery']

/** JSON lines on standard output (or `destination`), secrets masked. `level` is any pino level. */
export function createLogger(
  options: { level: string; name: string },
  destination?: DestinationStream,
): Logger {
  const settings = {
    level: options.level,
    base: { app: options.name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: describeError },
    redact: {
      paths: DEPTHS.flatMap((depth) => SECRET_NAMES.map((name) => `${depth}${name}`)),
      censor: '[FILTERED]',
    },
  }
  return destination ? pino(settings, destination) : pino(settings)
}

/** An error without what it may quote; its code under a name that is not masked with the codes of OAuth. */
function describeError(error: unknown): unknown {
  if (!(typeof error === 'object' && error !== null)) return error
  const { code, ...described } = { ...pino.stdSerializers.err(error as Error) } as Record<string, unknown>
  for (const name of ROW_FIELDS) delete described[name]
  return { ...described, ...(code === undefined ? {} : { reason: code }) }
}
