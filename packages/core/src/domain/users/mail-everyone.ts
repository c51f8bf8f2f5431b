import { flagForTerms, unflagForTerms, userIdsToMail } from '@anancus/db/queries/terms'
import { updateAnnouncementRow } from '@anancus/db/queries/announcements'
import { mailEveryoneJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { findTerms, getAnnouncement } from '../instance/index.ts'
import { enqueueMail } from './send-mail.ts'

const BATCH = 500
const YEAR_MS = 365 * 86_400_000

export interface MailEveryone {
  about: 'terms' | 'announcement'
  id: string
  /** Users with a higher id are still to be written to. */
  afterUserId: string
}

/**
 * Writes to all users about new terms or an announcement, a batch at a time. Of terms hear those who were here within a
 * year; the others see them when they come back. Runs `mailers.mail_everyone`.
 */
export async function mailEveryone(ctx: Ctx, payload: MailEveryone): Promise<void> {
  const since = await publishedAt(ctx, payload)
  if (!since) return
  const isTerms = payload.about === 'terms'
  const cutoff = new Date(since.getTime() - YEAR_MS)
  await transaction(ctx, async (tx) => {
    if (isTerms && payload.afterUserId === '0') await flagForTerms(tx.db, since, cutoff)
    const ids = await userIdsToMail(tx.db, payload.afterUserId, since, isTerms ? cutoff : null, BATCH)
    for (const id of ids)
      await (isTerms
        ? enqueueMail(tx, 'terms_of_service_changed', id, { termsId: payload.id })
        : enqueueMail(tx, 'announcement_published', id, { announcementId: payload.id }))
    const last = ids.at(-1)
    if (last !== undefined && ids.length === BATCH)
      await enqueue(tx, mailEveryoneJob, { ...payload, afterUserId: last })
  })
}

async function publishedAt(ctx: Ctx, { about, id }: MailEveryone): Promise<Date | null> {
  if (about === 'terms') return (await findTerms(ctx, id))?.published_at ?? null
  try {
    const announcement = await getAnnouncement(ctx, id)
    return announcement.published ? announcement.notification_sent_at : null
  } catch (error) {
    if (error instanceof NotFoundError) return null // deleted meanwhile: there is nothing to write about
    throw error
  }
}

/** Sends an announcement by mail to everyone, once. @throws NotFoundError no such announcement, or not published */
export async function mailAnnouncement(ctx: Ctx, id: string): Promise<void> {
  const announcement = await getAnnouncement(ctx, id)
  if (!announcement.published) throw new NotFoundError()
  if (announcement.notification_sent_at !== null) return
  await transaction(ctx, async (tx) => {
    await updateAnnouncementRow(tx.db, id, { notification_sent_at: tx.clock.now() })
    await enqueue(tx, mailEveryoneJob, { about: 'announcement', id, afterUserId: '0' })
  })
}

/** Notes that a user has seen the new terms: they are not put before them again. */
export async function noteTermsSeen(ctx: Ctx, viewer: Viewer): Promise<void> {
  if (viewer.user.require_tos_interstitial) await unflagForTerms(ctx.db, viewer.user.id)
}
