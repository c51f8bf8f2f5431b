import {
  notificationPolicyOf,
  type PolicyChoices,
  saveNotificationPolicy,
} from '@anancus/db/queries/notification-policies'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/** In the order of their stored integers. */
export const POLICY_CHOICES = ['accept', 'filter', 'drop'] as const
export type PolicyChoice = (typeof POLICY_CHOICES)[number]

const SUBJECTS = [
  'for_not_following',
  'for_not_followers',
  'for_new_accounts',
  'for_private_mentions',
  'for_limited_accounts',
  'for_bots',
] as const satisfies (keyof PolicyChoices)[]
export type PolicySubject = (typeof SUBJECTS)[number]

/** @see https://docs.joinmastodon.org/entities/NotificationPolicy/ */
export type NotificationPolicy = Record<PolicySubject, PolicyChoice> & {
  summary: { pending_requests_count: number; pending_notifications_count: number }
}

/** Reads whose notifications the viewer wants put aside or not at all, and how much waits aside. */
export async function readNotificationPolicy(ctx: Ctx, viewer: Viewer): Promise<NotificationPolicy> {
  const row = await notificationPolicyOf(ctx.db, viewer.account.id)
  const choices = Object.fromEntries(
    SUBJECTS.map((subject) => [subject, POLICY_CHOICES[row[subject]] ?? 'accept']),
  ) as Record<PolicySubject, PolicyChoice>
  const { pending_requests_count, pending_notifications_count } = row
  return { ...choices, summary: { pending_requests_count, pending_notifications_count } }
}

/** Changes some of the choices; the others stay. */
export async function changeNotificationPolicy(
  ctx: Ctx,
  viewer: Viewer,
  choices: Partial<Record<PolicySubject, PolicyChoice | undefined>>,
): Promise<void> {
  const stored: Partial<PolicyChoices> = {}
  for (const subject of SUBJECTS) {
    const choice = choices[subject]
    if (choice !== undefined) stored[subject] = POLICY_CHOICES.indexOf(choice)
  }
  await saveNotificationPolicy(ctx.db, viewer.account.id, stored)
}
