import { randomUUID } from 'node:crypto'
import { permissionMask } from '@anancus/db'
import {
  requestLinkReviews,
  requestStatusReviews,
  requestTagReviews,
} from '@anancus/db/queries/trend-reviews'
import { usersWithPermission, viewerByUserId } from '@anancus/db/queries/users'
import { sendMailJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { getSetting, preferencesOf } from '../settings/index.ts'

const REVIEWERS = permissionMask('manage_taxonomies', 'administrator')
/** Items of a kind that one mail names. */
const NAMED_IN_MAIL = 20

/**
 * Asks moderators about what nobody has judged and would stand among the first three, each item once: marked, and
 * mailed to those who want such mail. Nothing while trends are switched off. Runs every six hours.
 */
export async function requestReviews(ctx: Ctx): Promise<void> {
  if (!(await getSetting(ctx, 'trends'))) return
  await transaction(ctx, async (tx) => {
    const now = tx.clock.now()
    const tags = await requestTagReviews(tx.db, now)
    const links = await requestLinkReviews(tx.db, now)
    const statuses = await requestStatusReviews(tx.db, now)
    if (tags.length + links.length + statuses.length === 0) return
    const data = JSON.stringify({
      trends: {
        tags: tags.slice(0, NAMED_IN_MAIL).map((tag) => `#${tag.name}`),
        links: links.slice(0, NAMED_IN_MAIL).map((link) => `${link.title} (${link.url})`),
        statuses: statuses.slice(0, NAMED_IN_MAIL).flatMap((status) => status.url ?? []),
      },
      id: randomUUID(),
    })
    await enqueueMany(
      tx,
      sendMailJob,
      (await reviewers(tx)).map((userId) => ({ template: 'new_trends', userId, data })),
    )
  })
}

async function reviewers(ctx: Ctx): Promise<string[]> {
  const wanting: string[] = []
  for (const { id } of await usersWithPermission(ctx.db, REVIEWERS)) {
    const viewer = await viewerByUserId(ctx.db, id)
    if (viewer && preferencesOf(viewer.user)['notification_emails.trends']) wanting.push(id)
  }
  return wanting
}
