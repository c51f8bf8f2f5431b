import { knownDomainsBelow } from '@anancus/db/queries/domain-accounts'
import {
  type DayRow,
  isTag,
  type OwnMeasure,
  ownDays,
  type ServerMeasure,
  serverDays,
  serverTotal,
  tagServersByDay,
  tagServersTotal,
} from '@anancus/db/queries/metrics'
import type { AdminMeasure } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { BadRequestError, NotFoundError } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { type DailyCounter, INTERACTIONS, LOGINS, readDays, tagAccounts, tagUses } from './daily-counters.ts'
import { humanSize } from '../../kernel/text/human-size.ts'
import { METRICS_CACHE_SECONDS } from './limits.ts'
import { boundsOf, idsOf, type Period, readPeriod } from './period.ts'

/** What some keys are asked with: `instance_accounts[domain]`, `tag_uses[id]`. */
export interface MetricParams {
  id?: string | undefined
  domain?: string | undefined
  includeSubdomains?: boolean | undefined
}

export interface MeasuresRequest {
  keys: readonly string[]
  startAt?: string | undefined
  endAt?: string | undefined
  /** By key; undefined where nothing was sent. */
  params: (key: string) => MetricParams | undefined
}

type Shown = Omit<AdminMeasure, 'key'>
type Measure = (ctx: Ctx, period: Period, params: MetricParams) => Promise<Shown>

const counted =
  (counter: (params: MetricParams) => DailyCounter): Measure =>
  async (ctx, period, params) => {
    const found = await readDays(ctx, counter(params), period.days, period.previousDays)
    return {
      unit: null,
      total: String(found.total),
      previous_total: String(found.previousTotal),
      data: period.days.map((day, index) => ({
        date: `${day}T00:00:00Z`,
        value: String(found.values[index] ?? 0),
      })),
    }
  }

const own =
  (measure: OwnMeasure): Measure =>
  async (ctx, period) => {
    const [from] = boundsOf(period.previousDays)
    const [, until] = boundsOf(period.days)
    const rows = await ownDays(ctx.db, measure, from, until)
    return {
      unit: null,
      total: sumOf(rows, period.days),
      previous_total: sumOf(rows, period.previousDays),
      data: dataOf(rows, period.days),
    }
  }

const ofServer =
  (measure: ServerMeasure): Measure =>
  async (ctx, period, params) => {
    const domains = await domainsOf(ctx, params)
    const [total, rows] = [
      await serverTotal(ctx.db, measure, domains),
      await serverDays(ctx.db, measure, domains, ...boundsOf(period.days)),
    ]
    const data = dataOf(rows, period.days)
    return { unit: null, total, data }
  }

/** Sizes have a unit; a day without any has no value, as in Mastodon. */
const mediaOfServer: Measure = async (ctx, period, params) => {
  const { total, data } = await ofServer('instance_media_attachments')(ctx, period, params)
  const sizes = data.map(({ date, value }) => ({ date, value: value === '0' ? '' : value }))
  return { unit: 'bytes', total, human_value: humanSize(Number(total)), data: sizes }
}

const tagServers: Measure = async (ctx, period, { id = '' }) => ({
  unit: null,
  total: await tagServersTotal(ctx.db, id, idsOf(period.days)),
  previous_total: await tagServersTotal(ctx.db, id, idsOf(period.previousDays)),
  data: dataOf(await tagServersByDay(ctx.db, id, idsOf(period.days)), period.days),
})

const PLAIN: Record<string, Measure> = {
  active_users: counted(() => LOGINS),
  new_users: own('new_users'),
  interactions: counted(() => INTERACTIONS),
  opened_reports: own('opened_reports'),
  resolved_reports: own('resolved_reports'),
}

const OF_TAGS: Record<string, Measure> = {
  tag_accounts: counted(({ id = '' }) => tagAccounts(id)),
  tag_uses: counted(({ id = '' }) => tagUses(id)),
  tag_servers: tagServers,
}

const OF_SERVERS: Record<string, Measure> = {
  instance_accounts: ofServer('instance_accounts'),
  instance_media_attachments: mediaOfServer,
  instance_reports: ofServer('instance_reports'),
  instance_statuses: ofServer('instance_statuses'),
  instance_follows: ofServer('instance_follows'),
  instance_followers: ofServer('instance_followers'),
}

/** Every key of a measure. */
export const MEASURE_KEYS: readonly string[] = [PLAIN, OF_TAGS, OF_SERVERS].flatMap(Object.keys)

/**
 * Counts what moderators watch, by day. Keys that are none are passed over. Up to five minutes old. For roles with
 * `view_dashboard`; nothing is counted before that is known.
 *
 * @throws BadRequestError a key was sent without what it needs
 * @throws NotFoundError no such hashtag
 * @throws ValidationError not a date
 * @see https://docs.joinmastodon.org/methods/admin/measures/#get
 */
export async function readMeasures(ctx: Ctx, request: MeasuresRequest): Promise<AdminMeasure[]> {
  const period = readPeriod(request.startAt, request.endAt, ctx.clock.now())
  const wanted = request.keys.filter((key) => MEASURE_KEYS.includes(key))
  const asked = wanted.map((key) => ({ key, params: paramsOf(request, key) }))
  const measures: AdminMeasure[] = []
  for (const { key, params } of asked) {
    if (key in OF_TAGS) await requireTag(ctx, params.id)
    measures.push({ key, ...(await cached(ctx, key, period, params)) })
  }
  return measures
}

function paramsOf(request: MeasuresRequest, key: string): MetricParams {
  if (key in PLAIN) return {}
  const params = request.params(key)
  if (!params) throw BadRequestError.missing(key)
  return params
}

async function requireTag(ctx: Ctx, id: string | undefined): Promise<void> {
  if (!isId(id) || !(await isTag(ctx.db, id))) throw new NotFoundError()
}

async function cached(ctx: Ctx, key: string, period: Period, params: MetricParams): Promise<Shown> {
  const measure = PLAIN[key] ?? OF_TAGS[key] ?? OF_SERVERS[key]
  if (!measure) throw new NotFoundError()
  const name = JSON.stringify([key, period.days[0], period.days.length, params])
  return ctx.cache.fetch(`metrics:measure:${name}`, METRICS_CACHE_SECONDS, () => measure(ctx, period, params))
}

async function domainsOf(ctx: Ctx, params: MetricParams): Promise<string[]> {
  const domain = params.domain?.trim().toLowerCase()
  if (!domain) return []
  return params.includeSubdomains ? knownDomainsBelow(ctx.db, domain) : [domain]
}

function dataOf(rows: readonly DayRow[], days: readonly string[]): AdminMeasure['data'] {
  const values = new Map(rows.map((row) => [row.day, row.value]))
  return days.map((day) => ({ date: day, value: values.get(day) ?? '0' }))
}

function sumOf(rows: readonly DayRow[], days: readonly string[]): string {
  const wanted = new Set(days)
  return String(rows.reduce((sum, row) => (wanted.has(row.day) ? sum + Number(row.value) : sum), 0))
}
