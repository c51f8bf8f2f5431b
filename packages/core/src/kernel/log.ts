import { pino } from 'pino'

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

/** JSON lines on standard output, secrets masked. `level` is any pino level. */
export function createLogger(options: { level: string; name: string }): Logger {
  return pino({
    level: options.level,
    base: { app: options.name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    redact: {
      paths: DEPTHS.flatMap((depth) => SECRET_NAMES.map((name) => `${depth}${name}`)),
      censor: '[FILTERED]',
    },
  })
}
