import { warningFactsByIds } from '@anancus/db/queries/account-warnings'
import { accountsByIds } from '@anancus/db/queries/accounts'
import { announcementById } from '@anancus/db/queries/announcements'
import { reportById } from '@anancus/db/queries/reports'
import { termsById } from '@anancus/db/queries/terms'
import { inviteRequestOf, viewerByUserId } from '@anancus/db/queries/users'
import type { Ctx } from '../../../kernel/context.ts'
import type { Viewer } from '../../../kernel/viewer.ts'
import { getSetting } from '../../settings/index.ts'
import type { LetterFacts, Visit } from './facts.ts'
import { mailLanguage } from './words/index.ts'

/** What a job says besides the recipient. No secrets: a queue is no place for them. */
export interface MailData {
  email?: string
  newEmail?: string
  newcomerId?: string
  termsId?: string
  warningId?: string
  reportId?: string
  announcementId?: string
  notificationId?: string
  trends?: { tags: string[]; links: string[]; statuses: string[] }
  visit?: Visit
  /** The name of a security key. */
  credential?: string
  /** Versions that are out. */
  versions?: string[]
}

/** Reads what a letter speaks of, as it is now; what is gone meanwhile is null. */
export async function loadFacts(
  ctx: Ctx,
  viewer: Viewer,
  data: MailData,
): Promise<Omit<LetterFacts, 'token' | 'notification' | 'unsubscribeUrl'>> {
  const warning = data.warningId ? ((await warningFactsByIds(ctx.db, [data.warningId]))[0] ?? null) : null
  return {
    config: ctx.config,
    language: mailLanguage(viewer.user.locale, ctx.config.env.DEFAULT_LOCALE),
    siteTitle: await getSetting(ctx, 'site_title'),
    viewer,
    newEmail: data.newEmail ?? '',
    newcomer: data.newcomerId ? await newcomerOf(ctx, data.newcomerId) : null,
    warning,
    appellant: warning ? await accountOf(ctx, warning.target_account_id) : null,
    reported: data.reportId ? await reportedOf(ctx, data.reportId) : null,
    terms: data.termsId ? await termsById(ctx.db, data.termsId) : null,
    announcement: data.announcementId ? await announcementById(ctx.db, data.announcementId) : null,
    trends: data.trends ?? null,
    visit: data.visit ?? null,
    credential: data.credential ?? '',
    versions: data.versions ?? [],
  }
}

async function newcomerOf(ctx: Ctx, userId: string) {
  const viewer = await viewerByUserId(ctx.db, userId)
  return viewer && { viewer, reason: await inviteRequestOf(ctx.db, userId) }
}

async function accountOf(ctx: Ctx, id: string | null) {
  return id === null ? null : ((await accountsByIds(ctx.db, [id])).get(id) ?? null)
}

async function reportedOf(ctx: Ctx, id: string) {
  const report = await reportById(ctx.db, id)
  if (!report) return null
  const accounts = await accountsByIds(ctx.db, [report.account_id, report.target_account_id])
  const [reporter, target] = [accounts.get(report.account_id), accounts.get(report.target_account_id)]
  return reporter && target ? { report, reporter, target } : null
}
