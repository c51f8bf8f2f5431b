import type {
  CustomEmojiRow,
  MediaAttachmentRow,
  PollRow,
  PreviewCardRow,
  QuoteRow,
  StatusRow,
} from '@anancus/db'
import type {
  AccountCounts,
  AccountRole,
  AccountUser,
  HidingFromVisitors,
  ShownAccount,
} from '@anancus/db/queries/graph/accounts'
import type { MentionedAccount, StatusTagRow } from '@anancus/db/queries/graph/status-lists'
import type { ApplicationName, StatusCounts, StatusReactionCount } from '@anancus/db/queries/graph/statuses'
import type { ViewerFilterRow } from '@anancus/db/queries/graph/viewer'
import type { CollectionFacts, CollectionItemFacts } from '@anancus/db/queries/graph/collections'
import type { WarningFacts } from '@anancus/db/queries/account-warnings'
import type { FullReport } from '@anancus/db/queries/reports'
import type { SeveranceFacts } from '@anancus/db/queries/graph/severances'
import { InvariantError } from '../kernel/errors.ts'
import type { LinkedAccount } from '../kernel/text/format-text.ts'
import type { Uris } from '../kernel/uris.ts'

export type {
  AccountCounts,
  AccountRole,
  AccountUser,
  ApplicationName,
  CollectionFacts,
  CollectionItemFacts,
  MentionedAccount,
  ShownAccount,
  StatusCounts,
  StatusReactionCount,
  StatusTagRow,
  ViewerFilterRow,
}

/** What the viewer has done with statuses, by status id. */
export interface ViewerMarks {
  favourited: ReadonlySet<string>
  reblogged: ReadonlySet<string>
  bookmarked: ReadonlySet<string>
  pinned: ReadonlySet<string>
  /** Statuses of muted conversations. */
  muted: ReadonlySet<string>
  /** Options voted for in the poll of a status. */
  votes: ReadonlyMap<string, readonly number[]>
  /** The names of the reactions given to a status. */
  reactions: ReadonlyMap<string, ReadonlySet<string>>
}

/** How a follow, or a request for one, is meant. */
export interface FollowTerms {
  showReblogs: boolean
  notify: boolean
  /** Only statuses in these; null is all. */
  languages: string[] | null
}

/** Everything between the viewer and one other account. */
export interface Relation {
  following: FollowTerms | null
  followedBy: boolean
  requested: FollowTerms | null
  requestedBy: boolean
  blocking: boolean
  blockedBy: boolean
  muting: { hideNotifications: boolean; expiresAt: Date | null } | null
  domainBlocking: boolean
  endorsed: boolean
  note: string
}

/** Who looks, as far as faces ask: a `Viewer` is one, and so is an account id that a stream is open for. */
export interface GraphViewer {
  account: { id: string }
}

/**
 * All rows that one answer needs, loaded in a fixed number of statements. Maps of one row are keyed by the id of the
 * status or account they belong to. `null` in `statuses` and `accounts` is what was asked for and is not there.
 */
export interface Graph {
  viewer: GraphViewer | null
  /** What our addresses depend on. */
  uris: Uris
  /** The time at which the graph was loaded: an answer has one present. */
  now: Date
  /** The public address of a stored file. */
  fileUrl(key: string): string
  statuses: Map<string, StatusRow | null>
  statusCounts: Map<string, StatusCounts>
  quotes: Map<string, QuoteRow>
  polls: Map<string, PollRow>
  cards: Map<string, PreviewCardRow>
  applications: Map<string, ApplicationName>
  /** In the author's order. */
  media: Map<string, readonly MediaAttachmentRow[]>
  mentions: Map<string, readonly MentionedAccount[]>
  tags: Map<string, readonly StatusTagRow[]>
  /** Those first given first. A status without any is absent. */
  reactions: Map<string, readonly StatusReactionCount[]>
  accounts: Map<string, ShownAccount | null>
  accountCounts: Map<string, AccountCounts>
  users: Map<string, AccountUser>
  roles: Map<string, AccountRole>
  /** Accounts that can be read by mail; null where the server has no such thing. */
  mailOffers: Set<string> | null
  /** Accounts whose server keeps statuses from people who are not signed in. */
  hiding: Map<string, HidingFromVisitors>
  /** By `emojiKey`. */
  emojis: Map<string, CustomEmojiRow>
  /** Accounts that local biographies name, by their lower-case handle. */
  namedAccounts: Map<string, LinkedAccount>
  marks: ViewerMarks
  filters: readonly ViewerFilterRow[]
  /** Ties of the viewer; an account without any is absent. */
  relations: Map<string, Relation>
  /** The status a notification shows, by `activityKey`. */
  notifiedStatuses: Map<string, string>
  /** Events that notifications tell of, by which follows were lost. */
  severances: Map<string, SeveranceFacts>
  /** What notifications tell moderators of, by report id. */
  reports: Map<string, FullReport>
  /** What moderators did, as notifications tell their targets, by the id of the strike. */
  warnings: Map<string, WarningFacts>
  /** The year of yearly reports that notifications tell of. */
  annualReports: Map<string, number>
  /** Collections of accounts, by their own id. */
  collections: Map<string, CollectionFacts | null>
  /** The collection a notification tells of, by `activityKey`. */
  notifiedCollections: Map<string, string>
  /** The collections a status links to, by the id of the status. */
  taggedCollections: Map<string, readonly string[]>
}

export function emojiKey(shortcode: string, domain: string | null): string {
  return `${shortcode}@${domain ?? ''}`
}

export function activityKey(activityType: string, activityId: string): string {
  return `${activityType}:${activityId}`
}

/** @throws InvariantError the graph was not loaded with it, or it is gone */
export function statusIn(graph: Graph, id: string): StatusRow {
  const status = graph.statuses.get(id)
  if (!status) throw new InvariantError(`The graph has no status ${id}.`)
  return status
}

/** @throws InvariantError the graph was not loaded with it, or it is gone */
export function accountIn(graph: Graph, id: string): ShownAccount {
  const account = graph.accounts.get(id)
  if (!account) throw new InvariantError(`The graph has no account ${id}.`)
  return account
}

/** The status that shows: what a wrapper reblogs, or the status itself. */
export function properStatusIn(graph: Graph, id: string): StatusRow {
  const status = statusIn(graph, id)
  return status.reblog_of_id === null ? status : statusIn(graph, status.reblog_of_id)
}

/** Whether all rows are there to show a status: its author, and what it reblogs. */
export function isComplete(graph: Graph, id: string): boolean {
  const status = graph.statuses.get(id)
  if (!status || !graph.accounts.get(status.account_id)) return false
  return status.reblog_of_id === null || isComplete(graph, status.reblog_of_id)
}

/** Whether the author of a complete status, or of what it reblogs, is suspended. */
export function isBySuspended(graph: Graph, id: string): boolean {
  const status = statusIn(graph, id)
  if (accountIn(graph, status.account_id).suspended_at !== null) return true
  return status.reblog_of_id !== null && isBySuspended(graph, status.reblog_of_id)
}
