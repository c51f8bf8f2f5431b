import { castOf } from '@anancus/core/testing/cast'
import type { TestContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { SCOPES } from '@anancus/core/domain/oauth'
import { hiddenFields, openBrowser } from '../support/browser.ts'
import type { TestAnswer, TestClient, TestRequest, TestWeb } from '../support/server.ts'

const DAY_MS = 86_400_000

export type WalkTown = Awaited<ReturnType<typeof buildTown>>

/**
 * A town in which every route finds something: *ada*, who may all, has one of everything; *bob* has things she must not
 * touch; *eve* is whom moderators are after.
 */
export async function buildTown(ctx: TestContext, web: TestWeb) {
  const make = factories(ctx.db)
  const cast = await castOf(ctx)
  const { account: ada, user } = cast.ada
  const { account: bob } = cast.bob
  const { account: eve } = cast.eve
  const scopes = SCOPES.join(' ')
  const application = await make.application({ scopes })
  const client = web.as(await make.token({ user, scopes, application }))
  const own = await make.status({ account: ada, text: 'Mine #wren', tags: ['wren'] })
  const status = await make.status({ account: bob, text: 'A wren' })
  const hidden = await make.status({ account: bob, text: 'Hidden', visibility: 'private' })
  const poll = await make.poll({
    status: await make.status({ account: bob, text: 'Which?' }),
    options: ['a', 'b'],
  })
  await make.follow({ account: ada, target: bob })
  await make.followRequest({ account: eve, target: ada })
  await make.card({ status, title: 'Wrens', url: 'https://news.example/wrens' })
  const favourite = await make.favourite({ account: eve, status: own })
  const notification = await make.notification({
    account: ada,
    from: eve,
    activity: favourite,
    type: 'favourite',
  })
  const theirs = await make.list({ account: bob })
  const report = await make.report({ account: bob, target: eve })
  const announcement = await make.announcement()
  const [firstFilter, secondFilter] = [
    await make.filter({ account: ada, keywords: ['wren'], statuses: [status] }),
    await make.filter({ account: ada, keywords: ['robin'], statuses: [status] }),
  ]
  const waiting = await make.user({ approved: false, account: { username: 'waiting' } })
  await make.followRequest({ account: cast.mallory.account, target: ada })
  const conversation = await insertConversation(ctx, ada.id, eve.id, status.id)
  const request = await insertRequest(ctx, ada.id, eve.id, status.id)
  const quote = await make.status({ account: bob, text: 'See', quoteOf: own })
  const made = async (path: string, json: object): Promise<string> => {
    const { status: code, body, text } = await client.post(path, { json })
    if (code !== 200) throw new Error(`${path} answered ${code}: ${text}`)
    return String(body.id ?? body.collection?.id)
  }
  const admin = '/api/v1/admin'
  const collection = { name: 'Birds', description: 'All', sensitive: false, discoverable: true }
  /** What a part of a path names: the first that fits. */
  const places: [pattern: RegExp, id: string][] = [
    [/admin\/accounts\/\{id\}\/(approve|reject)/, waiting.account.id],
    [/admin\/accounts/, eve.id],
    [/admin\/reports/, report.id],
    [
      /admin\/domain_blocks/,
      await made(`${admin}/domain_blocks`, { domain: 'odd.example', severity: 'silence' }),
    ],
    [/admin\/email_domain_blocks/, await made(`${admin}/email_domain_blocks`, { domain: 'mail.example' })],
    [/admin\/ip_blocks/, await made(`${admin}/ip_blocks`, { ip: '198.51.100.0/24', severity: 'no_access' })],
    [
      /admin\/canonical_email_blocks/,
      await made(`${admin}/canonical_email_blocks`, { email: 'x@mail.example' }),
    ],
    [/admin\/tags|trends\/tags/, await idOf(ctx, 'tags')],
    [/trends\/links\/publishers/, await idOf(ctx, 'preview_card_providers')],
    [/trends\/links/, await idOf(ctx, 'preview_cards')],
    [/trends\/statuses/, status.id],
    [/reactions\/\{name\}$/, '%F0%9F%A6%87'],
    [/announcements/, announcement.id],
    [/annual_reports/, '2025'],
    [/follow_requests\/\{\w+\}\/reject/, cast.mallory.account.id],
    [/follow_requests/, eve.id],
    [/notifications\/requests/, request],
    [/v2\/notifications/, `ungrouped-${notification.id}`],
    [/notifications/, notification.id],
    [/v1\/filters/, await idOf(ctx, 'custom_filter_keywords', { custom_filter_id: secondFilter.id })],
    [/filters\/keywords/, await idOf(ctx, 'custom_filter_keywords', { custom_filter_id: firstFilter.id })],
    [/filters\/statuses/, await idOf(ctx, 'custom_filter_statuses', { custom_filter_id: firstFilter.id })],
    [/filters/, firstFilter.id],
    [/lists?\/\{/, await made('/api/v1/lists', { title: 'Birds' })],
    [/accounts\/\{id\}\/in_collections/, ada.id],
    [/v1\/collections/, await made('/api/v1/collections', collection)],
    [/v1_alpha\/collections/, await made('/api/v1/collections', collection)],
    [/featured_tags/, await made('/api/v1/featured_tags', { name: 'wren' })],
    [/conversations/, conversation],
    [/media/, (await make.media({ account: ada })).id],
    [/polls/, poll.id],
    [/tags?\/\{/, 'wren'],
    [/\{quoting_status_id\}$/, quote.id],
    [/accounts\/\{id\}\/(block|mute|unblock|remove_from_followers)$/, eve.id],
    [/accounts|suggestions/, bob.id],
    [/statuses|embeds/, own.id],
  ]
  const scheduled = await made('/api/v1/statuses', {
    status: 'later',
    scheduled_at: new Date(Date.now() + 2 * DAY_MS).toISOString(),
  })
  const placeIn = (path: string): string =>
    path.includes('scheduled_statuses')
      ? scheduled
      : (places.find(([pattern]) => pattern.test(path))?.[1] ?? '1')
  return {
    ...cast,
    client,
    app: web.as(await make.token({ scopes, application })),
    session: await sessionOf(web, user.email),
    own,
    status,
    /** Things of bob's: seen, hidden, and not hers. */
    others: [status.id, hidden.id, theirs.id, bob.id],
    application,
    /** A path with an id in the place of every name; `last` goes to the last one. */
    fill(path: string, last?: string): string {
      const names = [...path.matchAll(/\{\w+\}/g)]
      return names.reduce((filled, { index, 0: name }, position) => {
        const isLast = position === names.length - 1
        const upTo = isLast && position > 0 ? path.slice(0, index + name.length) : path
        const place = isLast && last !== undefined ? last : placeIn(upTo)
        return filled.replace(name, () => place)
      }, path)
    },
  }
}

async function idOf(ctx: TestContext, table: string, where: object = {}): Promise<string> {
  return String((await ctx.db(table).where(where).orderBy('id').first('id'))?.id ?? '1')
}

async function insertConversation(
  ctx: TestContext,
  owner: string,
  other: string,
  status: string,
): Promise<string> {
  const { conversation_id } = await ctx.db('statuses').where({ id: status }).first('conversation_id')
  const [row] = await ctx
    .db('account_conversations')
    .insert({
      account_id: owner,
      conversation_id,
      participant_account_ids: [other],
      status_ids: [status],
      last_status_id: status,
      unread: true,
    })
    .returning('id')
  return String(row.id)
}

async function insertRequest(ctx: TestContext, owner: string, from: string, status: string): Promise<string> {
  const [row] = await ctx
    .db('notification_requests')
    .insert({
      account_id: owner,
      from_account_id: from,
      last_status_id: status,
      notifications_count: 1,
      created_at: new Date(),
      updated_at: new Date(),
    })
    .returning('id')
  return String(row.id)
}

/** A browser in which somebody is signed in, as a client: with the token of its forms. */
async function sessionOf(web: TestWeb, email: string): Promise<Pick<TestClient, 'request'>> {
  const browser = openBrowser(web)
  await browser.signIn(email, TEST_PASSWORD)
  const page = await browser.get('/auth/edit')
  const { authenticity_token: csrf = '' } = hiddenFields(page.text, '/auth/sign_out')
  const request = (method: string, path: string, options: TestRequest = {}): Promise<TestAnswer> =>
    web.request(method, path, {
      ...options,
      headers: { cookie: browser.cookieHeader(), 'x-csrf-token': csrf, ...options.headers },
    })
  return { request }
}
