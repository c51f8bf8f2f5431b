import { loadConfig } from '../config.ts'
import { DEFAULT_RATES, type RateName, rates } from './rate-limits.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** @see https://docs.joinmastodon.org/api/rate-limits/ and what the server does beyond it */
const AS_MASTODON: [RateName, number, number][] = [
  ['api-user', 1500, 5 * MINUTE],
  ['api-token', 300, 5 * MINUTE],
  ['api-address', 300, 5 * MINUTE],
  ['media', 30, 30 * MINUTE],
  ['media-proxy', 30, 10 * MINUTE],
  ['sign-ups', 5, 30 * MINUTE],
  ['paging', 300, 15 * MINUTE],
  ['deletes', 30, 30 * MINUTE],
  ['apps', 5, 10 * MINUTE],
  ['form-sign-up', 25, 5 * MINUTE],
  ['form-password', 25, 5 * MINUTE],
  ['form-confirmation', 25, 5 * MINUTE],
  ['form-sign-in', 25, 5 * MINUTE],
  ['mails-address', 5, 30 * MINUTE],
  ['confirmations-user', 5, 30 * MINUTE],
  ['form-setup-user', 5, 10 * MINUTE],
  ['form-sign-in-email', 25, HOUR],
  ['form-password-change', 10, 10 * MINUTE],
  ['statuses', 300, 3 * HOUR],
  ['follows', 400, 24 * HOUR],
  ['reports', 400, 24 * HOUR],
]

describe('rate limits', () => {
  it.each(AS_MASTODON)('%s: %i in %i seconds, as in Mastodon', (name, limit, seconds) => {
    expect(loadConfig({}).env.RATE_LIMITS[name]).toEqual({ limit, seconds })
  })

  it('can each be set', () => {
    for (const name of Object.keys(DEFAULT_RATES) as RateName[])
      expect(rates()(`${name}=7/70`)).toEqual({ ...DEFAULT_RATES, [name]: { limit: 7, seconds: 70 } })
    expect(rates()('paging=1/2, apps=3/4')).toMatchObject({
      paging: { limit: 1, seconds: 2 },
      apps: { limit: 3, seconds: 4 },
      media: DEFAULT_RATES.media,
    })
  })

  it.each(['paging', 'paging=5', 'paging=0/5', 'paging=5/0', 'pages=5/5', 'toString=5/5', 'paging=-5/5'])(
    'refuse %s',
    (text) => {
      expect(() => loadConfig({ RATE_LIMITS: text })).toThrow('RATE_LIMITS')
    },
  )
})
