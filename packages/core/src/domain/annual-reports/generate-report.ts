import { randomBytes } from 'node:crypto'
import { firstIdAt } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import {
  annualReportOf,
  insertAnnualReport,
  mostReblogged,
  newFollowers,
  postCounts,
  topHashtags,
} from '@anancus/db/queries/annual-reports'
import type { AnnualReportData } from '../../entities/types/index.ts'
import { generateAnnualReportJob, notifyJob } from '../../jobs/index.ts'
import { finishRefresh, readRefresh, refreshHeader, startRefresh } from '../../kernel/async-refresh.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { reportYear } from '../instance/index.ts'
import { archetypeOf } from './archetype.ts'
import { RETRY_SECONDS, SCHEMA_VERSION, SHARE_KEY_BYTES, TOP_HASHTAGS } from './limits.ts'

const subjectOf = (accountId: string, year: number) => `wrapstodon:${accountId}:${year}`

/** The ids and the times of a year, the end not included. */
function spanOf(year: number) {
  const [from, to] = [new Date(Date.UTC(year, 0)), new Date(Date.UTC(year + 1, 0))]
  return { from, to, fromId: firstIdAt(from), toId: firstIdAt(to) }
}

export interface ReportState {
  state: 'available' | 'generating' | 'eligible' | 'ineligible'
  /** While a job runs: how to ask about it. */
  headers: Record<string, string>
}

/** Whether there is a report of a year, or will be, or could be. */
export async function readReportState(ctx: Ctx, viewer: Viewer, year: number): Promise<ReportState> {
  const accountId = viewer.account.id
  if (await annualReportOf(ctx.db, accountId, year)) return { state: 'available', headers: {} }
  const subject = subjectOf(accountId, year)
  if ((await readRefresh(ctx, subject))?.status === 'running')
    return { state: 'generating', headers: refreshHeader(ctx, subject, RETRY_SECONDS) }
  const isEligible = (await reportYear(ctx)) === year && (await hasPublicPosts(ctx, accountId, year))
  return { state: isEligible ? 'eligible' : 'ineligible', headers: {} }
}

async function hasPublicPosts(ctx: Ctx, accountId: string, year: number): Promise<boolean> {
  const { fromId, toId } = spanOf(year)
  return (await postCounts(ctx.db, accountId, fromId, toId)).public > 0
}

/**
 * Has the report of the running campaign made.
 *
 * @returns how to ask about the job; null when there is nothing to do: another year, or a report that is there
 */
export async function requestReport(
  ctx: Ctx,
  viewer: Viewer,
  year: number,
): Promise<Record<string, string> | null> {
  const accountId = viewer.account.id
  if ((await reportYear(ctx)) !== year || (await annualReportOf(ctx.db, accountId, year))) return null
  const subject = subjectOf(accountId, year)
  if (await startRefresh(ctx, subject)) await enqueue(ctx, generateAnnualReportJob, { accountId, year })
  return refreshHeader(ctx, subject, RETRY_SECONDS)
}

/**
 * Makes the report of a year, unless there is one, and tells its owner. Runs `annual_reports.generate`. Six statements,
 * however much somebody wrote.
 */
export async function generateReport(
  ctx: Ctx,
  { accountId, year }: { accountId: string; year: number },
): Promise<void> {
  try {
    const account = await accountById(ctx.db, accountId)
    if (!account || account.suspended_at !== null) return
    const data = await dataOf(ctx, accountId, year)
    await transaction(ctx, (tx) => keepReport(tx, accountId, year, data))
  } finally {
    // Whoever waits is not to wait for another attempt.
    await finishRefresh(ctx, subjectOf(accountId, year))
  }
}

async function keepReport(tx: Ctx, accountId: string, year: number, data: AnnualReportData): Promise<void> {
  const report = await insertAnnualReport(tx.db, {
    accountId,
    year,
    data,
    schemaVersion: SCHEMA_VERSION,
    shareKey: randomBytes(SHARE_KEY_BYTES).toString('hex'),
  })
  if (!report) return
  await enqueue(tx, notifyJob, {
    recipientId: accountId,
    fromAccountId: accountId,
    type: 'annual_report',
    activityType: 'GeneratedAnnualReport',
    activityId: report.id,
  })
}

async function dataOf(ctx: Ctx, accountId: string, year: number): Promise<AnnualReportData> {
  const { from, to, fromId, toId } = spanOf(year)
  const counts = await postCounts(ctx.db, accountId, fromId, toId)
  return {
    archetype: archetypeOf(counts),
    time_series: [
      { month: 12, statuses: counts.all, followers: await newFollowers(ctx.db, accountId, from, to) },
    ],
    top_hashtags: await topHashtags(ctx.db, accountId, fromId, toId, TOP_HASHTAGS),
    top_statuses: {
      by_reblogs: await mostReblogged(ctx.db, accountId, fromId, toId),
      by_favourites: null,
      by_replies: null,
    },
  }
}
