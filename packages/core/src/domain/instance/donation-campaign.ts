import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'

const CAMPAIGN_SECONDS = 3600
const NOTHING_SECONDS = 60
const MAX_BYTES = 256 * 1024
const DEADLINE_MS = 10_000

/** What the service of campaigns says, as it says it. */
export type DonationCampaign = Record<string, unknown>

/**
 * The call for donations that an app may show now, from the service that the operator named; null when there is none.
 * Asked at most once an hour for a seed and a language, and once a minute while it has none or does not answer.
 *
 * @param seed 0 to 99: lets the service choose among those who ask
 */
export async function readDonationCampaign(
  ctx: Ctx,
  seed: number,
  locale: string,
): Promise<DonationCampaign | null> {
  const { DONATION_CAMPAIGNS_URL: service } = ctx.config.env
  if (!service) return null
  const key = `donation_campaign:${seed}:${locale}`
  // Nothing is kept long: what is undefined is not kept at all by the inner cache.
  const found = await ctx.cache.fetch(`${key}:asked`, NOTHING_SECONDS, async () => {
    const campaign = await ctx.cache.fetch(key, CAMPAIGN_SECONDS, () => ask(ctx, service, seed, locale))
    return campaign ?? null
  })
  return found
}

async function ask(
  ctx: Ctx,
  service: string,
  seed: number,
  locale: string,
): Promise<DonationCampaign | undefined> {
  const url = new URL(service)
  const { DONATION_CAMPAIGNS_ENVIRONMENT: environment } = ctx.config.env
  const query = { platform: 'web', seed: String(seed), locale, ...(environment ? { environment } : {}) }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  try {
    const headers = { accept: 'application/json' }
    const answer = await ctx.http.request({
      method: 'GET',
      url,
      headers,
      maxBytes: MAX_BYTES,
      deadlineMs: DEADLINE_MS,
    })
    return answer.status === 200 ? objectIn(answer.body.toString()) : undefined
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.warn({ error }, 'the service of donation campaigns does not answer')
    return undefined
  }
}

function objectIn(text: string): DonationCampaign | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as DonationCampaign) : undefined
  } catch {
    return undefined // not what was asked for: as good as none
  }
}
