import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient, type mastodon } from 'masto'
import { WebSocket } from 'ws'
import type { House } from '../support/house.ts'
import { eventually } from '../support/wait.ts'
import type { Day } from './day.ts'

const SCOPES = 'profile read write follow push'
const PICTURE = join(import.meta.dirname, '../support/picture.png')

type Client = mastodon.rest.Client
type Status = mastodon.v1.Status

/** A day of alice and bob in an app built on masto.js. */
export async function mastoDay(house: House): Promise<Day> {
  const [alicesToken, bobsToken] = [await signIn(house, 'alice'), await signIn(house, 'bob')]
  const alice = createRestAPIClient({ url: house.baseUrl, accessToken: alicesToken })
  const bob = createRestAPIClient({ url: house.baseUrl, accessToken: bobsToken })
  const list = await meet(alice, bob)
  const ears = await listen(house, alicesToken, list.id)
  const { picture, poll } = await write(alice)
  const reply = await converse(alice, bob, picture, poll)
  await sortOut(alice, bob, list.id)
  await readNews(alice)
  await seek(alice, picture)
  await tidyUp(alice, bob, [picture, poll], reply, list.id)
  await eventually('the last event', async () => ears.heard.some((event) => event === 'user delete'))
  ears.close()
  return { heard: ears.heard }
}

async function signIn(house: House, username: string): Promise<string> {
  const anonymous = createRestAPIClient({ url: house.baseUrl })
  const redirectUri = 'urn:ietf:wg:oauth:2.0:oob'
  const app = await anonymous.v1.apps.create({
    clientName: 'A day',
    redirectUris: redirectUri,
    scopes: SCOPES,
  })
  const token = await createOAuthAPIClient({ url: house.baseUrl }).token.create({
    clientId: app.clientId ?? '',
    clientSecret: app.clientSecret ?? '',
    redirectUri,
    grantType: 'password',
    username: house.emailOf(username),
    password: house.password,
    scope: SCOPES,
  })
  return token.accessToken
}

async function meet(alice: Client, bob: Client): Promise<mastodon.v1.List> {
  const instance = await alice.v2.instance.fetch()
  expect(instance.apiVersions?.mastodon).toBe(11)
  await alice.v1.preferences.fetch()
  await alice.v1.customEmojis.list()
  await alice.v1.announcements.list()
  const me = await alice.v1.accounts.verifyCredentials()
  const him = await alice.v1.accounts.lookup({ acct: 'bob' })
  const following = await alice.v1.accounts.$select(him.id).follow()
  expect(following.following).toBe(true)
  await bob.v1.accounts.$select(me.id).follow()
  const [relation] = await alice.v1.accounts.relationships.fetch({ id: [him.id] })
  expect(relation).toMatchObject({ following: true, followedBy: true })
  const list = await alice.v1.lists.create({ title: 'Neighbours' })
  await alice.v1.lists.$select(list.id).accounts.create({ accountIds: [him.id] })
  return list
}

async function listen(house: House, accessToken: string, listId: string) {
  const client = createStreamingAPIClient({
    streamingApiUrl: house.streamingUrl,
    accessToken,
    implementation: WebSocket,
  })
  const heard: string[] = []
  const subscriptions = [
    client.user.subscribe(),
    client.list.subscribe({ list: listId }),
    client.hashtag.subscribe({ tag: 'day' }),
  ]
  for (const subscription of subscriptions)
    void (async () => {
      for await (const { stream, event } of subscription) heard.push(`${stream[0]} ${event}`)
    })()
  await house.listening(6) // the account, the token, home, notifications, the list, the tag
  return { heard, close: () => client.close() }
}

async function write(alice: Client): Promise<{ picture: Status; poll: Status }> {
  const file = new Blob([readFileSync(PICTURE)], { type: 'image/png' })
  const media = await alice.v2.media.create({ file, description: 'a small picture', focus: '0.1,0.2' })
  const picture = await alice.v1.statuses.create({
    status: 'A picture of the #day',
    mediaIds: [media.id],
    spoilerText: 'a picture',
    visibility: 'public',
    language: 'en',
  })
  expect(picture.mediaAttachments[0]?.description).toBe('a small picture')
  const poll = await alice.v1.statuses.create({
    status: 'Tea or coffee?',
    poll: { options: ['Tea', 'Coffee'], expiresIn: 3600, multiple: false },
    visibility: 'public',
  })
  expect(poll.poll?.options.map(({ title }) => title)).toEqual(['Tea', 'Coffee'])
  return { picture, poll }
}

async function converse(alice: Client, bob: Client, picture: Status, poll: Status): Promise<Status> {
  const voted = await bob.v1.polls.$select(poll.poll?.id ?? '').votes.create({ choices: [1] })
  expect(voted.ownVotes).toEqual([1])
  await bob.v1.statuses.$select(picture.id).favourite()
  const boost = await bob.v1.statuses.$select(picture.id).reblog()
  expect(boost.reblog?.reblogsCount).toBe(1)
  const reply = await bob.v1.statuses.create({
    status: '@alice what a picture #day',
    inReplyToId: picture.id,
    visibility: 'public',
  })
  expect(reply.inReplyToId).toBe(picture.id)
  const context = await alice.v1.statuses.$select(picture.id).context.fetch()
  expect(context.descendants.map(({ id }) => id)).toEqual([reply.id])
  const edited = await bob.v1.statuses.$select(reply.id).update({ status: '@alice what a fine picture #day' })
  expect(edited.editedAt).not.toBeNull()
  expect(await bob.v1.statuses.$select(reply.id).history.list()).toHaveLength(2)
  expect((await bob.v1.statuses.$select(reply.id).source.fetch()).text).toContain('fine')
  const quote = await bob.v1.statuses.create({
    status: 'Look at this',
    quotedStatusId: picture.id,
    visibility: 'public',
  })
  expect(quote.quote).toMatchObject({ state: 'accepted', quotedStatus: { id: picture.id } })
  await bob.v1.statuses.create({ status: '@alice between us', visibility: 'direct' })
  const [conversation] = await alice.v1.conversations.list()
  expect(conversation?.unread).toBe(true)
  await alice.v1.conversations.$select(conversation?.id ?? '').read()
  return reply
}

async function sortOut(alice: Client, bob: Client, listId: string): Promise<void> {
  const filter = await alice.v2.filters.create({
    title: 'No spoilers',
    context: ['home', 'public'],
    filterAction: 'warn',
    keywordsAttributes: [{ keyword: 'spoiler', wholeWord: true }],
  })
  const spoiler = await bob.v1.statuses.create({ status: 'A spoiler', visibility: 'public' })
  const seen = await alice.v1.statuses.$select(spoiler.id).fetch()
  expect(seen.filtered?.[0]).toMatchObject({ filter: { id: filter.id }, keywordMatches: ['spoiler'] })
  await alice.v2.filters.$select(filter.id).update({ title: 'No spoilers at all', filterAction: 'hide' })
  expect(await alice.v2.filters.list()).toHaveLength(1)
  await alice.v2.filters.$select(filter.id).remove()
  const listed = await alice.v1.timelines.list.$select(listId).list({ limit: 5 })
  expect(listed.map(({ id }) => id)).toContain(spoiler.id)
  const home = await alice.v1.timelines.home.list()
  expect(home.map(({ id }) => id)).toContain(spoiler.id)
  expect((await alice.v1.timelines.tag.$select('day').list()).length).toBeGreaterThan(1)
  expect((await alice.v1.timelines.public.list({ local: true })).length).toBeGreaterThan(3)
  await alice.v1.markers.create({ home: { lastReadId: spoiler.id } })
  await alice.v1.statuses.$select(spoiler.id).bookmark()
  expect(await alice.v1.bookmarks.list()).toHaveLength(1)
}

async function readNews(alice: Client): Promise<void> {
  const old = await alice.v1.notifications.list()
  const types = old.map(({ type }) => type)
  expect(new Set(types)).toEqual(new Set(['follow', 'favourite', 'reblog', 'mention', 'quote']))
  const grouped = await alice.v2.notifications.list()
  expect(grouped.notificationGroups.map(({ type }) => type)).toEqual(types)
  const [newest] = grouped.notificationGroups
  await alice.v2.notifications.$select(newest?.groupKey ?? '').fetch()
  expect(await alice.v2.notifications.unreadCount.fetch()).toEqual({ count: types.length })
  await alice.v2.notifications.policy.fetch()
  await alice.v1.notifications.$select(old[0]?.id ?? '').dismiss()
  await alice.v1.notifications.clear()
  expect(await alice.v1.notifications.list()).toEqual([])
}

async function seek(alice: Client, picture: Status): Promise<void> {
  const found = await alice.v2.search.list({ q: 'bob', type: 'accounts' })
  expect(found.accounts.map(({ acct }) => acct)).toEqual(['bob'])
  const tags = await alice.v2.search.list({ q: '#day' })
  expect(tags.hashtags[0]?.name).toBe('day')
  const byUrl = await alice.v2.search.list({ q: picture.url ?? '', resolve: true })
  expect(byUrl.statuses.map(({ id }) => id)).toEqual([picture.id])
}

async function tidyUp(
  alice: Client,
  bob: Client,
  mine: readonly Status[],
  reply: Status,
  listId: string,
): Promise<void> {
  await alice.v1.lists.$select(listId).update({ title: 'Old neighbours' })
  await bob.v1.statuses.$select(reply.id).remove()
  for (const { id } of mine) {
    const removed = await alice.v1.statuses.$select(id).remove()
    expect(removed.text).toBeTruthy()
  }
  await expect(alice.v1.statuses.$select(reply.id).fetch()).rejects.toThrow('Not Found')
  await alice.v1.lists.$select(listId).remove()
}
