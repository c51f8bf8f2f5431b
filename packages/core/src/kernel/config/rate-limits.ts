import type { Reader } from './readers.ts'

/** How often something may be done, and in how many seconds. */
export interface Rate {
  limit: number
  seconds: number
}

const MINUTE = 60
const HOUR = 3600

const per = (limit: number, seconds: number): Rate => ({ limit, seconds })

/**
 * Every rate limit there is, by the name that `RATE_LIMITS` knows it by.
 *
 * @see https://docs.joinmastodon.org/api/rate-limits/
 */
export const DEFAULT_RATES = {
  'api-user': per(1500, 5 * MINUTE),
  'api-token': per(300, 5 * MINUTE),
  'api-address': per(300, 5 * MINUTE),
  paging: per(300, 15 * MINUTE),
  media: per(30, 30 * MINUTE),
  /** What a visitor asks other servers for through us; what is in our store already has an address of its own. */
  'media-proxy': per(30, 10 * MINUTE),
  /** For one remote file, however many want to see it: its server may be somebody's victim. */
  'media-tries': per(5, 10 * MINUTE),
  deletes: per(30, 30 * MINUTE),
  'sign-ups': per(5, 30 * MINUTE),
  apps: per(5, 10 * MINUTE),
  statuses: per(300, 3 * HOUR),
  follows: per(400, 24 * HOUR),
  reports: per(400, 24 * HOUR),
  'confirmations-address': per(25, 5 * MINUTE),
  'confirmations-user': per(5, 30 * MINUTE),
  'form-sign-in': per(25, 5 * MINUTE),
  'form-sign-in-email': per(25, HOUR),
  'form-sign-up': per(25, 5 * MINUTE),
  'form-password': per(25, 5 * MINUTE),
  'form-confirmation': per(25, 5 * MINUTE),
  'form-setup': per(25, 5 * MINUTE),
  'form-setup-user': per(5, 10 * MINUTE),
  'form-alias': per(20, 10 * MINUTE),
  'form-password-change': per(10, 10 * MINUTE),
  /** Mails that anybody can ask for, to one address. */
  'mails-address': per(5, 30 * MINUTE),
  /** To the staff, for reports of one server. */
  'report-mails': per(1, 10 * MINUTE),
  'federation-echo': per(60, 5 * MINUTE),
} satisfies Record<string, Rate>

export type RateName = keyof typeof DEFAULT_RATES
export type Rates = Readonly<Record<RateName, Rate>>

const CHANGE = /^([a-z-]+)=(\d{1,9})\/(\d{1,9})$/

/** Reads `api-user=3000/300, apps=50/600`: what is not named stays as it is. */
export const rates = (): Reader<Rates> => (value) => {
  const changes = (value ?? '').split(/[\s,]+/).filter(Boolean)
  return { ...DEFAULT_RATES, ...Object.fromEntries(changes.map(readChange)) }
}

function readChange(text: string): [string, Rate] {
  const [, name = '', limit, seconds] = CHANGE.exec(text) ?? []
  if (!Object.hasOwn(DEFAULT_RATES, name))
    throw new Error(`must be like "api-user=1500/300" with a limit that exists, not "${text}"`)
  const rate = per(Number(limit), Number(seconds))
  if (rate.limit < 1 || rate.seconds < 1) throw new Error(`must have numbers above 0, not "${text}"`)
  return [name, rate]
}

/** All of them in one line, for the docs. */
export const ratesInWords = Object.entries(DEFAULT_RATES)
  .map(([name, { limit, seconds }]) => `${name}=${limit}/${seconds}`)
  .join(', ')
