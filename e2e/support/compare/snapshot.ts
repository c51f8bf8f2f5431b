import { conversationUri, quoteAuthorizationUri } from '@anancus/core/activitypub/render/index'
import { linkedAccount, statusContentHtml } from '@anancus/core/kernel/text/status-content'
import { formatField, formatNote } from '@anancus/core/kernel/text/format-text'
import {
  actorPart,
  actorUri,
  accountUrl,
  sharedInboxUrl,
  statusUri,
  statusUrl,
  type Uris,
} from '@anancus/core/kernel/uris'
import { MEDIA_TYPES, named, VISIBILITIES } from '@anancus/db'
import { QUOTE_STATES } from '@anancus/db/queries/quotes'
import { readRows, type Rows, type TieRow } from './read-rows.ts'

/** Anything that can be told: compared by its JSON. */
export type Facts = Record<string, unknown>

export interface AccountFacts {
  uri: string
  isGone: boolean
  /** Who suspended it, if anybody. */
  suspension: 'here' | 'by its own server' | null
  /** What its profile says. */
  profile: Facts
}

export interface StatusFacts {
  uri: string
  author: string
  visibility: string
  createdAt: Date
  reblogOf: string | null
  /** What never changes. */
  birth: Facts
  /** What an edit changes. */
  content: Facts
  /** How many versions are kept. */
  versions: number
  poll: Facts | null
  quote: Facts | null
  mentions: { account: string; silent: boolean }[]
}

export interface Tie {
  from: string
  to: string
  uri: string | null
  at: Date
  /** What else both sides know. */
  more?: Facts
}

/** One instance, everything named by the addresses the others know it by. */
export interface Snapshot {
  host: string
  accounts: Map<string, AccountFacts>
  statuses: Map<string, StatusFacts>
  /** By who and whom. */
  ties: Record<TieName, Map<string, Tie>>
  reports: Map<string, Facts & { target: string }>
  featured: Map<string, string[]>
  miscounts: string[]
  suspendedHosts: Set<string>
  liftedAt: Map<string, Date>
}

export const TIES = ['follows', 'requests', 'blocks', 'favourites', 'votes'] as const
export type TieName = (typeof TIES)[number]

/** @param baseUrl scheme and host of the instance, as its addresses begin */
export async function takeSnapshot(baseUrl: string, databaseUrl: string): Promise<Snapshot> {
  return new Reader({ baseUrl, localDomain: new URL(baseUrl).host }, await readRows(databaseUrl)).snapshot()
}

const seconds = (date: Date | null) => (date === null ? null : Math.floor(date.getTime() / 1000))

function grouped<Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Map<Row[Key], Row[]> {
  return Map.groupBy(rows, (row) => row[key])
}

class Reader {
  readonly uris: Uris
  readonly rows: Rows
  readonly accounts
  readonly statuses
  readonly mentions
  readonly tags
  readonly media
  readonly polls
  readonly quotes
  readonly conversations

  constructor(uris: Uris, rows: Rows) {
    this.uris = uris
    this.rows = rows
    this.accounts = new Map(rows.accounts.map((row) => [row.id, row]))
    this.statuses = new Map(rows.statuses.map((row) => [row.id, row]))
    this.mentions = grouped(rows.mentions, 'status_id')
    this.tags = grouped(rows.tags, 'status_id')
    this.media = grouped(rows.media, 'status_id')
    this.polls = new Map(rows.polls.map((row) => [row.status_id, row]))
    this.quotes = new Map(rows.quotes.map((row) => [row.status_id, row]))
    this.conversations = new Map(rows.conversations.map((row) => [row.id, row]))
  }

  snapshot(): Snapshot {
    const { rows } = this
    const host = new URL(this.uris.baseUrl).host
    return {
      host,
      accounts: byUri(rows.accounts.map((row) => this.accountFacts(row))),
      statuses: byUri(rows.statuses.map((row) => this.statusFacts(row))),
      ties: {
        follows: this.tiesOf(rows.follows, this.accountUri),
        requests: this.tiesOf(rows.requests, this.accountUri),
        blocks: this.tiesOf(rows.blocks, this.accountUri),
        favourites: this.tiesOf(rows.favourites, this.statusUri),
        votes: this.tiesOf(rows.votes, this.statusUri, (row) => `choice ${row.choice}`),
      },
      reports: this.reports(),
      featured: this.featured(),
      miscounts: rows.miscounts.map(({ what, id, said, counted }) => {
        const whose = what.startsWith('f') && what !== 'favourites_count' ? this.accountUri(id) : null
        const name = whose ?? this.statusUri(id) ?? this.accountUri(id) ?? id
        return `${host}: ${what} of ${name} is ${said}, there are ${counted}`
      }),
      suspendedHosts: new Set(rows.suspendedDomains.map((row) => row.domain)),
      liftedAt: new Map(rows.liftedBlocks.map((row) => [row.domain, row.lifted_at])),
    }
  }

  readonly accountUri = (id: string | null): string | null => {
    const account = id === null ? undefined : this.accounts.get(id)
    return account ? actorUri(this.uris, account) : null
  }

  readonly statusUri = (id: string | null): string | null => {
    const status = id === null ? undefined : this.statuses.get(id)
    const author = status && this.accounts.get(status.account_id)
    return status && author ? statusUri(this.uris, status, author) : null
  }

  accountFacts(row: Rows['accounts'][number]): AccountFacts {
    const isOurs = row.domain === null
    const part = (name: string, known: string | null) => (isOurs ? actorPart(this.uris, row, name) : known)
    const linked = (text: string) => ({
      mentions: this.rows.accounts
        .filter((other) => text.includes(`@${other.username}`))
        .map((other) => linkedAccount(this.uris, other)),
    })
    const fields = (row.fields ?? []) as { name: string; value: string }[]
    return {
      uri: actorUri(this.uris, row),
      isGone: row.is_gone,
      suspension:
        row.suspended_at === null ? null : row.suspension_origin === 1 ? 'by its own server' : 'here',
      profile: {
        handle: `${row.username}@${row.domain ?? this.uris.localDomain}`,
        type: row.actor_type ?? 'Person',
        url: accountUrl(this.uris, row),
        key: row.public_key.trim(),
        name: isOurs ? row.display_name || row.username : row.display_name,
        note: isOurs ? formatNote(this.uris, row.note, linked(row.note)) : row.note,
        fields: fields.map(({ name, value }) => [
          name,
          isOurs ? formatField(this.uris, value, linked(value)) : value,
        ]),
        locked: row.locked,
        discoverable: row.discoverable ?? false,
        indexable: row.indexable,
        memorial: row.memorial,
        avatar: isOurs ? row.avatar_file_name !== null : row.avatar_remote_url !== '',
        avatarDescription: row.avatar_description,
        aliases: row.also_known_as ?? [],
        attributionDomains: row.attribution_domains ?? [],
        movedTo: this.accountUri(row.moved_to_account_id),
        inbox: part('inbox', row.inbox_url),
        outbox: part('outbox', row.outbox_url),
        followers: part('followers', row.followers_url),
        following: part('following', row.following_url),
        featured: part('collections/featured', row.featured_collection_url),
        sharedInbox: isOurs ? sharedInboxUrl(this.uris) : row.shared_inbox_url,
      },
    }
  }

  statusFacts(row: Rows['statuses'][number]): StatusFacts {
    const author = this.accounts.get(row.account_id)
    if (!author) throw new Error(`The author of status ${row.id} is not there`)
    const conversation = this.conversations.get(row.conversation_id ?? '')
    const visibility = named(VISIBILITIES, row.visibility)
    return {
      uri: statusUri(this.uris, row, author),
      author: actorUri(this.uris, author),
      visibility,
      createdAt: row.created_at,
      reblogOf: this.statusUri(row.reblog_of_id),
      birth: {
        visibility,
        publishedAt: row.reblog_of_id === null ? seconds(row.created_at) : null,
        reblogOf: this.statusUri(row.reblog_of_id),
        inReplyTo: this.statusUri(row.in_reply_to_id),
        conversation:
          row.reblog_of_id === null && conversation ? conversationUri(this.uris, conversation) : null,
      },
      content: this.contentFacts(row, author),
      versions: Number(row.edits),
      poll: this.pollFacts(row.id),
      quote: this.quoteFacts(row.id),
      mentions: (this.mentions.get(row.id) ?? []).flatMap((mention) => {
        const account = this.accountUri(mention.account_id)
        return account === null ? [] : [{ account, silent: mention.silent }]
      }),
    }
  }

  contentFacts(row: Rows['statuses'][number], author: Rows['accounts'][number]): Facts {
    const mentioned = (this.mentions.get(row.id) ?? []).flatMap(
      ({ account_id }) => this.accounts.get(account_id) ?? [],
    )
    return {
      text: withoutQuoteLine(row.local ? statusContentHtml(this.uris, row, mentioned) : row.text),
      warning: row.spoiler_text,
      sensitive: row.sensitive,
      language: row.reblog_of_id === null ? row.language : null,
      editedAt: seconds(row.edited_at),
      url: row.reblog_of_id === null ? statusUrl(this.uris, row, author) : null,
      tags: (this.tags.get(row.id) ?? []).map((tag) => tag.name).sort(),
      media: this.mediaFacts(row),
      quotePolicy: row.reblog_of_id === null ? row.quote_approval_policy : null,
    }
  }

  mediaFacts(row: Rows['statuses'][number]): Facts[] {
    const order = row.ordered_media_attachment_ids ?? []
    const place = (id: string) => order.indexOf(id)
    return (this.media.get(row.id) ?? [])
      .filter((media) => place(media.id) >= 0)
      .sort((one, other) => place(one.id) - place(other.id))
      .map((media) => ({
        type: named(MEDIA_TYPES, media.type),
        description: media.description ?? '',
        blurhash: media.blurhash,
        focus: (media.file_meta as { focus?: unknown } | null)?.focus ?? null,
      }))
  }

  pollFacts(statusId: string): Facts | null {
    const poll = this.polls.get(statusId)
    if (!poll) return null
    return {
      options: poll.options,
      multiple: poll.multiple,
      expiresAt: seconds(poll.expires_at),
      tallies: poll.cached_tallies.map(Number),
      voters: Number(poll.voters_count ?? 0),
    }
  }

  quoteFacts(statusId: string): Facts | null {
    const quote = this.quotes.get(statusId)
    if (!quote) return null
    const state = named(QUOTE_STATES, quote.state)
    const quoted = quote.quoted_account_id === null ? undefined : this.accounts.get(quote.quoted_account_id)
    const isOurs = quoted?.domain === null
    const approval =
      isOurs && quoted ? quoteAuthorizationUri(this.uris, quoted, quote.id) : quote.approval_uri
    return {
      of: this.statusUri(quote.quoted_status_id),
      state,
      approval: state === 'accepted' ? approval : null,
    }
  }

  tiesOf<Row extends TieRow>(
    rows: readonly Row[],
    uriOf: (id: string) => string | null,
    nameOf: (row: Row) => string = () => '',
  ): Map<string, Tie> {
    return new Map(
      rows.flatMap((row) => {
        const from = this.accountUri(row.from_id)
        const to = uriOf(row.to_id)
        if (from === null || to === null) return []
        return [
          [`${from} → ${to} ${nameOf(row)}`.trim(), { from, to, uri: row.uri, at: row.created_at }] as const,
        ]
      }),
    )
  }

  reports(): Snapshot['reports'] {
    return new Map(
      this.rows.reports.flatMap((row) => {
        const target = this.accountUri(row.target_account_id)
        if (row.uri === null || target === null) return []
        const statuses = row.status_ids.map((id) => this.statusUri(id)).sort()
        return [[row.uri, { target, comment: row.comment, statuses, forwarded: row.forwarded }] as const]
      }),
    )
  }

  /** Pinned statuses and featured hashtags, by whose they are. */
  featured(): Map<string, string[]> {
    const pins = this.rows.pins.map(
      (row) => [this.accountUri(row.from_id), this.statusUri(row.to_id)] as const,
    )
    const tags = this.rows.featuredTags.map(
      (row) => [this.accountUri(row.account_id), `#${row.name}`] as const,
    )
    const all = Map.groupBy([...pins, ...tags], ([account]) => account ?? '')
    return new Map(
      [...all].map(([account, entries]) => [account, entries.map(([, what]) => what ?? '?').sort()]),
    )
  }
}

/** The line for readers without quotes comes and goes with the quoted status; nobody is told. */
function withoutQuoteLine(html: string): string {
  return html.replace(/^<p class="quote-inline">.*?<\/p>/, '')
}

function byUri<Of extends { uri: string }>(facts: readonly Of[]): Map<string, Of> {
  return new Map(facts.map((fact) => [fact.uri, fact]))
}
