import type { NotificationRow, StatusEditRow } from '@anancus/db'
import { warningFactsByIds } from '@anancus/db/queries/account-warnings'
import { annualReportYears } from '@anancus/db/queries/annual-reports'
import { type AccountBundle, accountBundlesByIds } from '@anancus/db/queries/graph/accounts'
import { notifiedCollections } from '@anancus/db/queries/graph/collections'
import { emojisByNames } from '@anancus/db/queries/graph/emojis'
import { accountsByHandles } from '@anancus/db/queries/graph/handles'
import { notifiedStatuses } from '@anancus/db/queries/graph/notifications'
import { severancesByIds } from '@anancus/db/queries/graph/severances'
import { mediaOfStatuses, mentionsOfStatuses, tagsOfStatuses } from '@anancus/db/queries/graph/status-lists'
import { statusBundlesByIds } from '@anancus/db/queries/graph/statuses'
import { reportsByIds } from '@anancus/db/queries/reports'
import type { Ctx } from '../kernel/context.ts'
import { accountsInCollections, loadCollections } from './collections.ts'
import { emojiNamesIn } from './emojis.ts'
import { activityKey, emojiKey, type Graph, type GraphViewer } from './graph.ts'
import { marksFrom } from './marks.ts'
import { inAuthorsOrder } from './media.ts'
import { handlesInBiographies, namedAccountsFrom } from './named-accounts.ts'
import { together } from './together.ts'
import { shownSettings } from './user-settings.ts'
import { loadViewerRows } from './viewer.ts'

/** The activity type of a notification about lost follows. */
const SEVERANCE = 'AccountRelationshipSeveranceEvent'

/** The activity types of what moderators are told, and of what they tell. */
const REPORT = 'Report'
const WARNING = 'AccountWarning'
const ANNUAL_REPORT = 'GeneratedAnnualReport'

/** What an answer shows. Ids that are not there end as `null` in the graph. */
export interface GraphWishes {
  statuses?: readonly string[]
  /** Statuses that moderators look at, whether or not they were deleted since. */
  evidence?: readonly string[]
  accounts?: readonly string[]
  notifications?: readonly NotificationRow[]
  /** Versions of one of the statuses; their texts may name further custom emojis. */
  edits?: readonly StatusEditRow[]
  /** Accounts whose ties with the viewer are wanted, without the accounts themselves. */
  relationships?: readonly string[]
  /** Collections of accounts, with who has a place in them. */
  collections?: readonly string[]
  /** Also the owners and members of the collections, whole. */
  collectionMembers?: boolean
}

/**
 * Loads all rows behind an answer, in layers: what notifications are about; the statuses with what they reblog and
 * quote; then at once what hangs on them, the accounts and the viewer's own marks; last what their texts name.
 *
 * ```
 * notification ─ account
 * ├ collection ─ owner, topic, places              1, where there are any
 * └ status ─ counters, poll, application, card, reactions   1 statement for the status, its reblog, quotes, quotes within
 *   ├ reblog · quote · quote within a quote
 *   ├ media · mentions · tags                      1 each
 *   ├ account ─ counters, login, role, moved to    1
 *   ├ marks · filters · ties of the viewer         1 each
 *   └ custom emojis                                1, where a text has any
 *     accounts named in local biographies          1, where there are any
 * ```
 *
 * HOT PATH: home timeline. At most 9 statements for statuses (10 with handles in biographies), 6 for the anonymous,
 * however many statuses; notifications take one more.
 */
export async function loadGraph(ctx: Ctx, viewer: GraphViewer | null, wishes: GraphWishes): Promise<Graph> {
  const graph = emptyGraph(ctx, viewer)
  await loadNotifiedStatuses(ctx, graph, wishes.notifications ?? [])
  await loadStatuses(ctx, graph, wishes.statuses ?? [], wishes.evidence ?? [])
  await loadCollections(ctx, graph, wishes.collections ?? [])
  const collected = accountsInCollections(graph)
  wantAccounts(graph, [...(wishes.accounts ?? []), ...(wishes.collectionMembers ? collected : [])])
  await together(ctx, [
    () => loadAccounts(ctx, graph),
    () => loadHangers(ctx, graph),
    () => loadViewerPart(ctx, graph, [...(wishes.relationships ?? []), ...collected]),
  ])
  await loadNamed(ctx, graph, wishes.edits ?? [])
  return graph
}

function emptyGraph(ctx: Ctx, viewer: GraphViewer | null): Graph {
  return {
    viewer,
    uris: ctx.config,
    now: ctx.clock.now(),
    fileUrl: (key) => ctx.storage.url(key),
    statuses: new Map(),
    statusCounts: new Map(),
    quotes: new Map(),
    polls: new Map(),
    cards: new Map(),
    applications: new Map(),
    media: new Map(),
    mentions: new Map(),
    tags: new Map(),
    reactions: new Map(),
    accounts: new Map(),
    accountCounts: new Map(),
    users: new Map(),
    roles: new Map(),
    mailOffers: null,
    hiding: new Map(),
    emojis: new Map(),
    namedAccounts: new Map(),
    marks: marksFrom([]),
    filters: [],
    relations: new Map(),
    notifiedStatuses: new Map(),
    severances: new Map(),
    reports: new Map(),
    warnings: new Map(),
    annualReports: new Map(),
    collections: new Map(),
    notifiedCollections: new Map(),
    taggedCollections: new Map(),
  }
}

async function loadNotifiedStatuses(ctx: Ctx, graph: Graph, rows: readonly NotificationRow[]): Promise<void> {
  for (const row of rows) graph.accounts.set(row.from_account_id, null)
  for (const found of await notifiedStatuses(ctx.db, rows)) {
    graph.notifiedStatuses.set(activityKey(found.activity_type, found.activity_id), found.status_id)
    graph.statuses.set(found.status_id, null)
  }
  const severances = rows.filter((row) => row.activity_type === SEVERANCE).map((row) => row.activity_id)
  for (const found of await severancesByIds(ctx.db, severances)) graph.severances.set(found.id, found)
  await loadModeration(ctx, graph, rows)
  const reports = rows.filter((row) => row.activity_type === ANNUAL_REPORT).map((row) => row.activity_id)
  graph.annualReports = await annualReportYears(ctx.db, reports)
  for (const found of await notifiedCollections(ctx.db, rows))
    graph.notifiedCollections.set(activityKey(found.activity_type, found.activity_id), found.collection_id)
}

/** Reports and strikes, and whom they are about. A statement each, where there are any. */
async function loadModeration(ctx: Ctx, graph: Graph, rows: readonly NotificationRow[]): Promise<void> {
  const idsOf = (type: string) => rows.flatMap((row) => (row.activity_type === type ? row.activity_id : []))
  for (const report of await reportsByIds(ctx.db, idsOf(REPORT))) {
    graph.reports.set(report.id, report)
    graph.accounts.set(report.target_account_id, null)
  }
  for (const warning of await warningFactsByIds(ctx.db, idsOf(WARNING))) {
    graph.warnings.set(warning.id, warning)
    if (warning.target_account_id !== null) graph.accounts.set(warning.target_account_id, null)
  }
}

async function loadStatuses(
  ctx: Ctx,
  graph: Graph,
  ids: readonly string[],
  evenDeleted: readonly string[],
): Promise<void> {
  for (const id of [...ids, ...evenDeleted]) graph.statuses.set(id, null)
  for (const bundle of await statusBundlesByIds(ctx.db, [...graph.statuses.keys()], evenDeleted)) {
    const { id } = bundle.status
    graph.statuses.set(id, bundle.status)
    if (bundle.stats) graph.statusCounts.set(id, bundle.stats)
    if (bundle.quote) graph.quotes.set(id, bundle.quote)
    if (bundle.poll) graph.polls.set(id, bundle.poll)
    if (bundle.card) graph.cards.set(id, bundle.card)
    if (bundle.application) graph.applications.set(id, bundle.application)
    if (bundle.reactions.length > 0) graph.reactions.set(id, bundle.reactions)
    if (bundle.collectionIds.length > 0) graph.taggedCollections.set(id, bundle.collectionIds)
  }
}

/** Notes which accounts the answer shows: asked for, authors of statuses and of previewed pages. */
function wantAccounts(graph: Graph, ids: readonly string[]): void {
  const authors = [...graph.statuses.values()].flatMap((status) => status?.account_id ?? [])
  const cardAuthors = [...graph.cards.values()].flatMap((card) => card.author_account_id ?? [])
  for (const id of [...ids, ...authors, ...cardAuthors]) graph.accounts.set(id, null)
}

async function loadAccounts(ctx: Ctx, graph: Graph): Promise<void> {
  for (const bundle of await accountBundlesByIds(ctx.db, [...graph.accounts.keys()])) {
    const { id } = bundle.account
    graph.accounts.set(id, bundle.account)
    if (bundle.stats) graph.accountCounts.set(id, bundle.stats)
    if (bundle.user) graph.users.set(id, bundle.user)
    if (bundle.role) graph.roles.set(id, bundle.role)
    if (bundle.hiding.public || bundle.hiding.unlisted) graph.hiding.set(bundle.account.id, bundle.hiding)
    if (bundle.mailOffer.isOn && !ctx.config.env.DISABLE_EMAIL_SUBSCRIPTIONS) noteMailOffer(graph, bundle)
  }
}

function noteMailOffer(graph: Graph, { account, user, mailOffer }: AccountBundle): void {
  graph.mailOffers ??= new Set()
  const isWanted = user !== null && shownSettings(user.settings).emailSubscriptions
  if (isWanted && mailOffer.isGranted && account.suspended_at === null) graph.mailOffers.add(account.id)
}

/** Media, mentions and tags. Wrappers of reblogs have none. */
async function loadHangers(ctx: Ctx, graph: Graph): Promise<void> {
  const ids = [...graph.statuses.values()].flatMap((status) =>
    status && status.reblog_of_id === null ? [status.id] : [],
  )
  const [media, mentions, tags] = await together(ctx, [
    () => mediaOfStatuses(ctx.db, ids),
    () => mentionsOfStatuses(ctx.db, ids),
    () => tagsOfStatuses(ctx.db, ids),
  ])
  for (const id of ids) graph.media.set(id, inAuthorsOrder(graph.statuses.get(id), media.get(id) ?? []))
  graph.mentions = mentions
  graph.tags = tags
}

async function loadViewerPart(ctx: Ctx, graph: Graph, relationships: readonly string[]): Promise<void> {
  if (!graph.viewer) return
  const [rows] = await loadViewerRows(
    ctx,
    graph,
    [graph.viewer],
    [...relationships, ...graph.accounts.keys()],
  )
  if (rows) Object.assign(graph, rows)
}

async function loadNamed(ctx: Ctx, graph: Graph, edits: readonly StatusEditRow[]): Promise<void> {
  const [emojis, handled] = await together(ctx, [
    () => emojisByNames(ctx.db, emojiNamesIn(graph, edits)),
    () => accountsByHandles(ctx.db, handlesInBiographies(graph)),
  ])
  for (const emoji of emojis) graph.emojis.set(emojiKey(emoji.shortcode, emoji.domain), emoji)
  graph.namedAccounts = namedAccountsFrom(graph.uris, handled)
}
