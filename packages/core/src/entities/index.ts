import type {
  AccountConversationRow,
  MediaAttachmentRow,
  NotificationRequestRow,
  NotificationRow,
  PreviewCardRow,
  ScheduledStatusRow,
} from '@anancus/db'
import {
  type Graph,
  type GraphViewer,
  isBySuspended,
  isComplete,
  loadCredentials,
  loadGraph,
  loadHistory,
} from '../graph/index.ts'
import type { Ctx } from '../kernel/context.ts'
import { NotFoundError } from '../kernel/errors.ts'
import type { Viewer } from '../kernel/viewer.ts'
import { accountJson } from './render/account.ts'
import { collectionJson, collectionWithAccountsJson } from './render/collection.ts'
import { conversationJson } from './render/conversation.ts'
import { credentialAccountJson } from './render/credential-account.ts'
import {
  type GroupOptions,
  groupedNotificationsJson,
  type NotificationGroupFacts,
} from './render/grouped-notifications.ts'
import { mediaAttachmentJson } from './render/media-attachment.ts'
import { notificationJson } from './render/notification.ts'
import { pollJson } from './render/poll.ts'
import { notificationRequestJson } from './render/notification-request.ts'
import { previewCardJson } from './render/preview-card.ts'
import { relationshipJson } from './render/relationship.ts'
import { scheduledStatusJson } from './render/scheduled-status.ts'
import { deletedStatusJson, statusJson } from './render/status.ts'
import { statusEditJson } from './render/status-edit.ts'
import type {
  Account,
  Collection,
  CollectionWithAccounts,
  Context,
  Conversation,
  CredentialAccount,
  GroupedNotificationsResults,
  MediaAttachment,
  Notification,
  NotificationRequest,
  Poll,
  PreviewCard,
  Relationship,
  ScheduledStatus,
  Status,
  StatusEdit,
} from './types/index.ts'

export {
  adminCanonicalEmailBlockJson,
  adminDomainAllowJson,
  adminDomainBlockJson,
  adminEmailDomainBlockJson,
  adminIpBlockJson,
} from './render/admin-blocks.ts'
export { adminTagJson, providerJson } from './render/admin-trends.ts'
export { accountJson } from './render/account.ts'
export { annualReportJson } from './render/annual-report.ts'
export { announcementJson, reactionJson } from './render/announcement.ts'
export { collectionItemJson } from './render/collection.ts'
export { credentialAccountJson } from './render/credential-account.ts'
export { customEmojiJson } from './render/custom-emoji.ts'
export { toDay, toIso } from './render/dates.ts'
export { embedHtml } from './render/embed-html.ts'
export { featuredTagJson } from './render/featured-tag.ts'
export { ownFilterJson, v1FilterJson } from './render/filter.ts'
export { renderAdminAccounts, renderAdminReports, renderReport } from './moderation.ts'
export type { NotificationGroupFacts } from './render/grouped-notifications.ts'
export { listJson } from './render/list.ts'
export { mediaAttachmentJson } from './render/media-attachment.ts'
export { notificationJson } from './render/notification.ts'
export { oembedJson } from './render/oembed.ts'
export { pollJson } from './render/poll.ts'
export { previewCardJson } from './render/preview-card.ts'
export { profileJson } from './render/profile.ts'
export { relationshipJson } from './render/relationship.ts'
export { roleJson } from './render/role.ts'
export { deletedStatusJson, statusBaseJson, statusJson, statusViewerPart } from './render/status.ts'
export { tagJson } from './render/tag.ts'

/**
 * Loads an account and shows it.
 *
 * @throws NotFoundError no such account
 */
export async function renderAccount(
  ctx: Ctx,
  viewer: GraphViewer | null,
  accountId: string,
): Promise<Account> {
  const [account] = await renderAccounts(ctx, viewer, [accountId])
  if (!account) throw new NotFoundError()
  return account
}

/** Loads accounts and shows them in the given order; missing ones are left out. */
export async function renderAccounts(
  ctx: Ctx,
  viewer: GraphViewer | null,
  accountIds: readonly string[],
): Promise<Account[]> {
  const graph = await loadGraph(ctx, viewer, { accounts: accountIds })
  return accountIds.filter((id) => graph.accounts.get(id)).map((id) => accountJson(graph, id))
}

/** The viewer's own account with what only its owner is told. */
export async function renderCredentialAccount(ctx: Ctx, viewer: Viewer): Promise<CredentialAccount> {
  const graph = await loadGraph(ctx, viewer, { accounts: [viewer.account.id] })
  const credentials = await loadCredentials(ctx, viewer.account.id)
  return credentialAccountJson(graph, viewer, credentials)
}

/**
 * Loads a status and shows it. Whether the viewer may see it is for the caller to know.
 *
 * @throws NotFoundError no such status
 */
export async function renderStatus(ctx: Ctx, viewer: GraphViewer | null, statusId: string): Promise<Status> {
  const [status] = await renderStatuses(ctx, viewer, [statusId])
  if (!status) throw new NotFoundError('Not Found')
  return status
}

/** Loads statuses and shows them in the given order; missing ones, and reblogs of missing ones, are left out. */
export async function renderStatuses(
  ctx: Ctx,
  viewer: GraphViewer | null,
  statusIds: readonly string[],
): Promise<Status[]> {
  return statusesJson(await loadGraph(ctx, viewer, { statuses: statusIds }), statusIds)
}

/**
 * Shows statuses of a graph in the given order; missing ones, those of suspended accounts, and reblogs of either are left
 * out. A feed still holds them for a moment after a suspension.
 */
export function statusesJson(graph: Graph, statusIds: readonly string[]): Status[] {
  return statusIds
    .filter((id) => isComplete(graph, id) && !isBySuspended(graph, id))
    .map((id) => statusJson(graph, id))
}

/**
 * The answer to deleting a status, to be made before it is deleted: its source in place of its HTML.
 *
 * @throws NotFoundError no such status
 * @see https://docs.joinmastodon.org/methods/statuses/#delete
 */
export async function renderDeletedStatus(ctx: Ctx, viewer: GraphViewer, statusId: string): Promise<Status> {
  const graph = await loadGraph(ctx, viewer, { statuses: [statusId] })
  if (!isComplete(graph, statusId)) throw new NotFoundError('Not Found')
  return deletedStatusJson(graph, statusId)
}

/** The poll of a status. @throws NotFoundError no such status, or without a poll */
export async function renderPoll(ctx: Ctx, viewer: GraphViewer | null, statusId: string): Promise<Poll> {
  const graph = await loadGraph(ctx, viewer, { statuses: [statusId] })
  const poll = graph.polls.get(statusId)
  if (!poll) throw new NotFoundError('Not Found')
  return pollJson(graph, poll)
}

/** What stands around a status in its thread; both lists in the given order, loaded together. */
export async function renderContext(
  ctx: Ctx,
  viewer: GraphViewer | null,
  thread: { ancestors: readonly string[]; descendants: readonly string[] },
): Promise<Context> {
  const graph = await loadGraph(ctx, viewer, { statuses: [...thread.ancestors, ...thread.descendants] })
  return {
    ancestors: statusesJson(graph, thread.ancestors),
    descendants: statusesJson(graph, thread.descendants),
  }
}

/** Loads an account's conversations and shows them in the given order. */
export async function renderConversations(
  ctx: Ctx,
  viewer: GraphViewer,
  rows: readonly AccountConversationRow[],
): Promise<Conversation[]> {
  const statuses = rows.flatMap((row) => row.last_status_id ?? [])
  const accounts = rows.flatMap((row) => [row.account_id, ...row.participant_account_ids])
  const graph = await loadGraph(ctx, viewer, { statuses, accounts })
  return rows.map((row) => conversationJson(graph, row))
}

/** Loads what notifications are about and shows them in the given order; those of a deleted account are left out. */
export async function renderNotifications(
  ctx: Ctx,
  viewer: GraphViewer,
  rows: readonly NotificationRow[],
  supportedTypes?: readonly string[],
): Promise<Notification[]> {
  const graph = await loadGraph(ctx, viewer, { notifications: rows })
  return rows
    .filter((row) => graph.accounts.get(row.from_account_id))
    .map((row) => notificationJson(graph, row, supportedTypes))
}

/** From whom notifications wait aside, in the given order; deleted accounts are left out. */
export async function renderNotificationRequests(
  ctx: Ctx,
  viewer: Viewer,
  rows: readonly NotificationRequestRow[],
): Promise<NotificationRequest[]> {
  const graph = await loadGraph(ctx, viewer, {
    accounts: rows.map((row) => row.from_account_id),
    statuses: rows.flatMap((row) => row.last_status_id ?? []),
  })
  return rows
    .filter((row) => graph.accounts.get(row.from_account_id))
    .map((row) => notificationRequestJson(graph, row))
}

/** Loads what groups of notifications are about and shows them, accounts and statuses once each. */
export async function renderGroupedNotifications(
  ctx: Ctx,
  viewer: Viewer,
  groups: readonly NotificationGroupFacts[],
  options: GroupOptions = { hasPartialAccounts: false },
): Promise<GroupedNotificationsResults> {
  const graph = await loadGraph(ctx, viewer, {
    notifications: groups.map((group) => group.row),
    accounts: groups.flatMap((group) => group.sampleAccountIds),
  })
  return groupedNotificationsJson(graph, groups, options)
}

/** Loads collections of accounts and shows them in the given order; missing ones are left out. */
export async function renderCollections(
  ctx: Ctx,
  viewer: GraphViewer | null,
  ids: readonly string[],
): Promise<Collection[]> {
  const graph = await loadGraph(ctx, viewer, { collections: ids })
  return ids.filter((id) => graph.collections.get(id)).map((id) => collectionJson(graph, id))
}

/** A collection with its owner and members. @throws NotFoundError no such collection */
export async function renderCollectionWithAccounts(
  ctx: Ctx,
  viewer: GraphViewer | null,
  id: string,
): Promise<CollectionWithAccounts> {
  const graph = await loadGraph(ctx, viewer, { collections: [id], collectionMembers: true })
  if (!graph.collections.get(id)) throw new NotFoundError()
  return collectionWithAccountsJson(graph, id)
}

/** What stands between the viewer and each account, in the given order. One statement. */
export async function renderRelationships(
  ctx: Ctx,
  viewer: GraphViewer,
  accountIds: readonly string[],
): Promise<Relationship[]> {
  const graph = await loadGraph(ctx, viewer, { relationships: accountIds })
  return accountIds.map((id) => relationshipJson(graph, id))
}

/** Previews of links in the given order, with the accounts that are credited for them. */
export async function renderPreviewCards(
  ctx: Ctx,
  viewer: GraphViewer | null,
  cards: readonly PreviewCardRow[],
): Promise<PreviewCard[]> {
  const accounts = cards.flatMap((card) => card.author_account_id ?? [])
  const graph = await loadGraph(ctx, viewer, { accounts })
  return cards.map((card) => previewCardJson(graph, card))
}

export function renderMediaAttachment(ctx: Ctx, row: MediaAttachmentRow): MediaAttachment {
  return mediaAttachmentJson({ uris: ctx.config, fileUrl: (key) => ctx.storage.url(key) }, row)
}

/** Shows scheduled statuses in the given order; `media` are the uploads kept for them. */
export function renderScheduledStatuses(
  ctx: Ctx,
  rows: readonly ScheduledStatusRow[],
  media: readonly MediaAttachmentRow[],
): ScheduledStatus[] {
  return rows.map((row) => scheduledStatusJson(row, media, (item) => renderMediaAttachment(ctx, item)))
}

/**
 * All versions of a status, oldest first. One that was never edited has one version: the present one.
 *
 * @throws NotFoundError no such status
 */
export async function renderStatusEdits(
  ctx: Ctx,
  viewer: GraphViewer | null,
  statusId: string,
): Promise<StatusEdit[]> {
  const history = await loadHistory(ctx, viewer, statusId)
  if (!history) throw new NotFoundError('Not Found')
  const { graph, versions, media } = history
  return versions.map((version) => statusEditJson(graph, statusId, version, media))
}
