import type { TestContext } from '@anancus/core/testing/context'
import { type AccountRow, permissionMask, type StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'

/** A world in which there are so and so many of everything, seen by one reader who may do anything. */
export interface Plenty {
  token: { secret: string }
  /** What stands for a parameter of a path, by the word before it. */
  named: Record<string, string>
  /** Ids of the crowd, for routes that are asked about several at once. */
  crowdIds: string[]
  statusIds: string[]
}

/** Makes `n` of everything that any list shows. Two of these with different numbers show what a list costs. */
export async function plenty(ctx: TestContext, n: number): Promise<Plenty> {
  const make = factories(ctx.db)
  const role = await make.role({ permissions: permissionMask('administrator'), position: 900 })
  const reader = await make.viewer({ role_id: role.id, account: { username: 'reader' } })
  const loud = await make.viewer({ account: { username: 'loud', discoverable: true, indexable: true } })
  const people = new People(ctx, make, reader.account)
  const crowd = await people.crowd(n)
  await people.relate(crowd, loud.account, n)
  const liked = await make.status({ account: loud.account, tags: ['popular'] })
  const writings = new Writings(ctx, make, reader.account)
  const theirs = await writings.publish(crowd, loud.account, liked)
  await writings.keep(theirs, liked, crowd)
  const list = await writings.organise(crowd, loud.account, theirs, n)
  const group = await writings.tell(crowd, theirs)
  await moderate(ctx, { people: [...crowd, loud.account], statuses: theirs, reader: reader.account, n })
  const token = await make.token({
    user: reader.user,
    scopes: 'read write follow push profile admin:read admin:write',
  })
  return {
    token,
    crowdIds: crowd.map(({ id }) => id),
    statusIds: theirs.map(({ id }) => id),
    named: {
      notifications: group,
      accounts: loud.account.id,
      statuses: liked.id,
      tags: 'popular',
      tag: 'popular',
      lists: list,
      list,
      filters: await idOf(ctx, 'custom_filters', { account_id: reader.account.id }),
    },
  }
}

async function idOf(ctx: TestContext, table: string, where: object): Promise<string> {
  return String((await ctx.db(table).where(where).first('id'))?.id ?? '1')
}

class People {
  readonly #ctx: TestContext
  readonly #make: Factories
  readonly #reader: AccountRow

  constructor(ctx: TestContext, make: Factories, reader: AccountRow) {
    this.#ctx = ctx
    this.#make = make
    this.#reader = reader
  }

  /** Half of them ours, half of other servers. */
  async crowd(n: number): Promise<AccountRow[]> {
    const people: AccountRow[] = []
    for (let place = 0; place < n; place++)
      people.push(
        place % 2 === 0
          ? (await this.#make.viewer({ account: { discoverable: true, note: 'Hello' } })).account
          : await this.#make.remoteAccount({ domain: `server${place}.example`, discoverable: true }),
      )
    return people
  }

  async relate(crowd: readonly AccountRow[], loud: AccountRow, n: number): Promise<void> {
    const make = this.#make
    const reader = this.#reader
    await make.follow({ account: reader, target: loud })
    for (const account of crowd) {
      await make.follow({ account: reader, target: account })
      await make.follow({ account, target: reader })
      await make.follow({ account, target: loud })
      await make.follow({ account: loud, target: account })
      await make.endorsement({ account: reader, target: account })
      await make.endorsement({ account: loud, target: account })
    }
    for (let place = 0; place < n; place++) {
      const friend = await make.viewer({ account: { username: `friend${place}`, discoverable: true } })
      for (const account of crowd) await make.follow({ account, target: friend.account })
      const target = await make.account({ username: `shunned${place}` })
      await make.block({ account: reader, target })
      await make.mute({ account: reader, target: await make.account({ username: `muted${place}` }) })
      await make.followRequest({
        account: await make.account({ username: `asking${place}` }),
        target: reader,
      })
      await make.domainBlock({ account: reader, domain: `hidden${place}.example` })
      const tag = await make.tag({ name: `tag${place}` })
      const rows = { account_id: reader.id, tag_id: tag.id }
      await this.#ctx.db('tag_follows').insert(rows)
      await this.#ctx.db('featured_tags').insert(rows)
      await this.#ctx.db('featured_tags').insert({ ...rows, account_id: loud.id })
    }
  }
}

class Writings {
  readonly #ctx: TestContext
  readonly #make: Factories
  readonly #reader: AccountRow

  constructor(ctx: TestContext, make: Factories, reader: AccountRow) {
    this.#ctx = ctx
    this.#make = make
    this.#reader = reader
  }

  /** Of each of the crowd: a rich status, an answer, a reblog, a quote, and words for the reader alone. */
  async publish(crowd: readonly AccountRow[], loud: AccountRow, liked: StatusRow): Promise<StatusRow[]> {
    const make = this.#make
    const rich: StatusRow[] = []
    for (const account of crowd) {
      const media = await make.media({ account })
      const options = { tags: ['popular'], media: [media], mentions: [this.#reader] }
      const status = await make.status({ account, ...options })
      await make.poll({ status })
      rich.push(status)
      await make.card({ status: await make.status({ account, tags: ['popular'] }) })
      await make.status({ account, inReplyTo: liked })
      await make.status({ account, reblogOf: liked })
      await make.status({ account, quoteOf: liked })
      await make.status({ account: this.#reader, tags: [`mine${rich.length}`] })
      await make.status({ account: loud, tags: ['popular'] })
      await this.#whisper(account)
    }
    return rich
  }

  async #whisper(account: AccountRow): Promise<void> {
    const status = await this.#make.status({ account, visibility: 'direct', mentions: [this.#reader] })
    await this.#ctx.db('account_conversations').insert({
      account_id: this.#reader.id,
      conversation_id: status.conversation_id,
      participant_account_ids: [account.id],
      status_ids: [status.id],
      last_status_id: status.id,
    })
  }

  async keep(theirs: readonly StatusRow[], liked: StatusRow, crowd: readonly AccountRow[]): Promise<void> {
    for (const account of crowd) await this.#make.favourite({ account, status: liked })
    for (const [place, status] of theirs.entries()) {
      await this.#make.favourite({ account: this.#reader, status })
      await this.#make.bookmark({ account: this.#reader, status })
      await this.#make.statusEdit({ status: liked, text: `Version ${place}` })
    }
  }

  /** Lists, filters, things to come; returns a list with all of the crowd. */
  async organise(
    crowd: readonly AccountRow[],
    loud: AccountRow,
    theirs: readonly StatusRow[],
    n: number,
  ): Promise<string> {
    const account = this.#reader
    const list = await this.#make.list({ account, members: [...crowd] })
    const keywords = Array.from({ length: n }, (_, place) => `word${place}`)
    await this.#make.filter({ account, keywords, statuses: theirs })
    for (let place = 0; place < n; place++) {
      await this.#make.list({ account, members: [loud] })
      await this.#make.filter({ account, keywords: [`other${place}`] })
      await this.#ctx.db('scheduled_statuses').insert({
        account_id: account.id,
        scheduled_at: new Date(Date.now() + 86_400_000 + place),
        params: JSON.stringify({ ...NOTHING_MORE, text: `Later ${place}` }),
      })
    }
    return list.id
  }

  /** Notifications of several kinds; returns the key of a group that all of the crowd are in. */
  async tell(crowd: readonly AccountRow[], theirs: readonly StatusRow[]): Promise<string> {
    const own = await this.#make.status({ account: this.#reader })
    const group_key = `favourite-${own.id}-1`
    for (const [place, from] of crowd.entries()) {
      const status = theirs[place] as StatusRow
      const told = { account: this.#reader, from }
      const mention = await this.#ctx.db('mentions').where({ status_id: status.id }).first()
      await this.#make.notification({ ...told, type: 'mention', activity: mention })
      await this.#make.notification({ ...told, type: 'status', activity: status })
      const activity = await this.#make.favourite({ account: from, status: own })
      await this.#make.notification({ ...told, type: 'favourite', activity, group_key })
      await this.#ctx.db('notification_requests').insert({
        account_id: this.#reader.id,
        from_account_id: from.id,
        last_status_id: status.id,
        notifications_count: 1,
      })
    }
    return group_key
  }
}

interface Moderated {
  people: readonly AccountRow[]
  statuses: readonly StatusRow[]
  reader: AccountRow
  n: number
}

/** What everybody writes of. */
export const SHARED_LINK = 'https://news.example/shared'

/** A scheduled status as it is kept, but for its text. */
const NOTHING_MORE = {
  allowed_mentions: null,
  application_id: null,
  idempotency: null,
  in_reply_to_id: null,
  language: null,
  media_ids: null,
  poll: null,
  quoted_status_id: null,
  scheduled_at: null,
  sensitive: null,
  spoiler_text: null,
  visibility: null,
  with_rate_limit: false,
  quote_approval_policy: 'public',
}

/** What staff sees, and what everybody is told. */
async function moderate(ctx: TestContext, { people, statuses, reader, n }: Moderated): Promise<void> {
  const make = factories(ctx.db)
  const card = await make.card({ url: SHARED_LINK })
  for (const { id } of statuses)
    await ctx.db('preview_cards_statuses').insert({ preview_card_id: card.id, status_id: id })
  for (let place = 0; place < n; place++) {
    await make.announcement({ text: `News ${place} #popular :smile:` })
    await make.customEmoji({ shortcode: `emoji${place}` })
    await ctx.db('rules').insert({ text: `Rule ${place}` })
    await ctx.db('domain_blocks').insert({ domain: `bad${place}.example`, severity: 1 })
    await ctx.db('domain_allows').insert({ domain: `good${place}.example` })
    await ctx.db('email_domain_blocks').insert({ domain: `mail${place}.example` })
    await ctx.db('ip_blocks').insert({ ip: `192.0.2.${place}`, severity: 9999 })
    await ctx.db('canonical_email_blocks').insert({ canonical_email_hash: `hash${place}` })
    await ctx.db('preview_card_providers').insert({ domain: `news${place}.example` })
    await trend(ctx, {
      place,
      status: statuses[place] as StatusRow,
      linked: place === 0 ? card : await make.card({}),
    })
  }
  for (const target of people)
    await ctx.db('reports').insert({
      account_id: reader.id,
      target_account_id: target.id,
      status_ids: statuses.filter(({ account_id }) => account_id === target.id).map(({ id }) => id),
      comment: 'Look',
    })
}

async function trend(
  ctx: TestContext,
  { place, status, linked }: { place: number; status: StatusRow; linked: { id: string } },
): Promise<void> {
  const shown = { allowed: true, rank: place, score: 100 - place, language: 'en' }
  const tag = await ctx
    .db('tags')
    .where({ name: `tag${place}` })
    .first('id')
  await ctx.db('tags').where({ id: tag.id }).update({ trendable: true, reviewed_at: new Date() })
  await ctx.db('tag_trends').insert({ tag_id: tag.id, ...shown })
  await ctx.db('status_trends').insert({ status_id: status.id, account_id: status.account_id, ...shown })
  await ctx.db('preview_card_trends').insert({ preview_card_id: linked.id, ...shown })
}
