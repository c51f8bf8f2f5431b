import {
  databaseVersion,
  type RankedRow,
  rankedLocales,
  rankedServerAccounts,
  rankedServerLanguages,
  rankedServers,
  rankedSources,
  rankedTagLanguages,
  rankedTagServers,
  storedSizes,
} from '@anancus/db/queries/metrics-dimensions'
import type { AdminDimension } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { BadRequestError } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { COMPATIBLE_VERSION } from '../../kernel/version.ts'
import { languageName } from '../instance/index.ts'
import { humanSize } from '../../kernel/text/human-size.ts'
import { MAX_RANKED, METRICS_CACHE_SECONDS } from './limits.ts'
import type { MeasuresRequest, MetricParams } from './measures.ts'
import { boundsOf, idsOf, type Period, readPeriod } from './period.ts'

export interface DimensionsRequest extends MeasuresRequest {
  limit?: number | undefined
}

type Entry = AdminDimension['data'][number]
type Dimension = (ctx: Ctx, period: Period, limit: number, params: MetricParams) => Promise<Entry[]>

const UNDETERMINED = 'und'

const language = ({ name, value }: RankedRow): Entry => {
  const key = name ?? UNDETERMINED
  return { key, human_key: languageName(key), value }
}

const server =
  (ctx: Ctx) =>
  ({ name, value }: RankedRow): Entry => {
    const key = name ?? ctx.config.localDomain
    return { key, human_key: key, value }
  }

const source = ({ name, value }: RankedRow): Entry => ({
  key: name ?? 'web',
  human_key: name ?? 'Website',
  value,
})

const size = (key: string, humanKey: string, bytes: number): Entry => ({
  key,
  human_key: humanKey,
  value: String(bytes),
  unit: 'bytes',
  human_value: humanSize(bytes),
})

const version = (key: string, humanKey: string, value: string): Entry => ({
  key,
  human_key: humanKey,
  value,
  human_value: value,
})

const spaceUsage: Dimension = async (ctx) => {
  const { database, media } = await storedSizes(ctx.db)
  const info = await redisInfo(ctx)
  return [
    size('postgresql', 'PostgreSQL', Number(database)),
    size('redis', 'Redis', Number(info.get('used_memory') ?? 0)),
    size('media', 'Media storage', Number(media)),
  ]
}

const softwareVersions: Dimension = async (ctx) => {
  const info = await redisInfo(ctx)
  const valkey = info.get('valkey_version')
  return [
    version('mastodon', 'Mastodon', COMPATIBLE_VERSION),
    version('nodejs', 'Node.js', process.versions.node),
    version('postgresql', 'PostgreSQL', await databaseVersion(ctx.db)),
    version('redis', valkey ? 'Valkey' : 'Redis', valkey ?? info.get('redis_version') ?? ''),
  ]
}

/** What Redis tells of itself, `used_memory:123` a line. */
async function redisInfo(ctx: Ctx): Promise<Map<string, string>> {
  const lines = (await ctx.redis.info()).split(/\r?\n/)
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(':')
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)] as const] : []
    }),
  )
}

const PLAIN: Record<string, Dimension> = {
  languages: async (ctx, { days }, limit) =>
    (await rankedLocales(ctx.db, ...boundsOf(days), limit)).map(language),
  sources: async (ctx, { days }, limit) =>
    (await rankedSources(ctx.db, ...boundsOf(days), limit)).map(source),
  servers: async (ctx, period, limit) =>
    (await rankedServers(ctx.db, idsOf(period.days), limit)).map(server(ctx)),
  space_usage: spaceUsage,
  software_versions: softwareVersions,
}

const WITH_PARAMS: Record<string, Dimension> = {
  tag_servers: async (ctx, period, limit, { id }) =>
    isId(id) ? (await rankedTagServers(ctx.db, idsOf(period.days), limit, id)).map(server(ctx)) : [],
  tag_languages: async (ctx, period, limit, { id }) =>
    isId(id) ? (await rankedTagLanguages(ctx.db, idsOf(period.days), limit, id)).map(language) : [],
  instance_accounts: async (ctx, _period, limit, { domain = '' }) =>
    (await rankedServerAccounts(ctx.db, domain, limit)).map(({ name, value }) => ({
      key: name ?? '',
      human_key: name ?? '',
      value,
    })),
  instance_languages: async (ctx, period, limit, { domain = '' }) =>
    (await rankedServerLanguages(ctx.db, idsOf(period.days), limit, domain)).map(language),
}

/** Every key of a dimension. */
export const DIMENSION_KEYS: readonly string[] = [PLAIN, WITH_PARAMS].flatMap(Object.keys)

/**
 * Ranks what moderators watch: languages, apps, servers, software, space. Keys that are none are passed over. Up to five
 * minutes old. For roles with `view_dashboard`; nothing is counted before that is known.
 *
 * @throws BadRequestError a key was sent without what it needs
 * @throws ValidationError not a date
 * @see https://docs.joinmastodon.org/methods/admin/dimensions/#get
 */
export async function readDimensions(ctx: Ctx, request: DimensionsRequest): Promise<AdminDimension[]> {
  const period = readPeriod(request.startAt, request.endAt, ctx.clock.now())
  const limit = Math.min(MAX_RANKED, Math.max(0, request.limit ?? MAX_RANKED))
  const asked = request.keys
    .filter((key) => DIMENSION_KEYS.includes(key))
    .map((key) => ({ key, params: paramsOf(request, key) }))
  const dimensions: AdminDimension[] = []
  for (const { key, params } of asked) {
    const dimension = PLAIN[key] ?? WITH_PARAMS[key]
    if (!dimension) continue
    const name = JSON.stringify([key, period.days[0], period.days.length, limit, params])
    const data = await ctx.cache.fetch(`metrics:dimension:${name}`, METRICS_CACHE_SECONDS, () =>
      dimension(ctx, period, limit, params),
    )
    dimensions.push({ key, data })
  }
  return dimensions
}

function paramsOf(request: DimensionsRequest, key: string): MetricParams {
  if (key in PLAIN) return {}
  const params = request.params(key)
  if (!params) throw BadRequestError.missing(key)
  return params
}
