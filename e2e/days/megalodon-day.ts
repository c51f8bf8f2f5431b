import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import generator, { FilterContext, Mastodon } from 'megalodon'
import type { House } from '../support/house.ts'
import { eventually } from '../support/wait.ts'
import type { Day } from './day.ts'

const SCOPES = ['profile', 'read', 'write', 'follow', 'push']
const PICTURE = join(import.meta.dirname, '../support/picture.png')

interface Seen {
  id: string
  poll: { id: string } | null
}

/** A day of alice and bob in an app built on megalodon. */
export async function megalodonDay(house: House): Promise<Day> {
  const [alicesToken, bobsToken] = [await signIn(house, 'alice'), await signIn(house, 'bob')]
  const alice = new Mastodon(house.baseUrl, alicesToken)
  const bob = new Mastodon(house.baseUrl, bobsToken)
  const listId = await meet(alice, bob)
  const ears = await listen(house, alice, listId)
  const { picture, poll } = await write(alice)
  const replyId = await converse(alice, bob, picture, poll)
  await sortOut(alice, bob, listId)
  await readNews(alice)
  await tidyUp(alice, bob, [picture.id, poll.id], replyId, listId)
  await eventually('the last event', async () => ears.heard.some((event) => event === 'user delete'))
  ears.close()
  return { heard: ears.heard }
}

/** By the page on which somebody lets an app in. */
async function signIn(house: House, username: string): Promise<string> {
  const anonymous = generator('mastodon', house.baseUrl)
  const app = await anonymous.registerApp('A day', { scopes: SCOPES })
  const code = await house.consent(username, app.url ?? '')
  const token = await anonymous.fetchAccessToken(app.client_id, app.client_secret, code)
  return token.access_token
}

async function meet(alice: Mastodon, bob: Mastodon): Promise<string> {
  const { data: instance } = await alice.getInstance()
  expect(instance.urls?.streaming_api).toMatch(/^ws:/)
  await alice.verifyAppCredentials()
  await alice.getPreferences()
  await alice.getInstanceCustomEmojis()
  await alice.getInstanceAnnouncements()
  const { data: me } = await alice.verifyAccountCredentials()
  expect(me.acct).toBe('alice')
  const { data: him } = await alice.lookupAccount('bob')
  expect((await alice.followAccount(him.id)).data.following).toBe(true)
  await bob.followAccount(me.id)
  expect((await alice.getRelationship(him.id)).data).toMatchObject({ following: true, followed_by: true })
  await alice.setAccountNote(him.id, 'the neighbour')
  const { data: list } = await alice.createList('Neighbours')
  await alice.addAccountsToList(list.id, [him.id])
  expect((await alice.getAccountsInList(list.id)).data.map(({ acct }) => acct)).toEqual(['bob'])
  return list.id
}

async function listen(house: House, alice: Mastodon, listId: string) {
  const heard: string[] = []
  const sockets = {
    user: await alice.userStreaming(),
    list: await alice.listStreaming(listId),
    hashtag: await alice.tagStreaming('day'),
  }
  for (const [name, socket] of Object.entries(sockets)) {
    for (const [emitted, event] of [
      ['update', 'update'],
      ['status_update', 'status.update'],
      ['delete', 'delete'],
      ['notification', 'notification'],
    ] as const)
      socket.on(emitted, () => heard.push(`${name} ${event}`))
    socket.on('parser-error', ({ message }: Error) => {
      // An event that is documented and that the library does not know.
      if (!message.includes('filters_changed')) heard.push(`${name} ${message}`)
    })
  }
  await house.listening(6) // the account, the token, home, notifications, the list, the tag
  return {
    heard,
    close: () => {
      for (const socket of Object.values(sockets)) socket.stop()
    },
  }
}

async function write(alice: Mastodon): Promise<{ picture: Seen; poll: Seen }> {
  const { data: media } = await alice.uploadMedia(createReadStream(PICTURE), {
    description: 'a small picture',
    focus: '0.1,0.2',
  })
  const { data: picture } = await alice.postStatus('A picture of the #day', {
    media_ids: [media.id],
    spoiler_text: 'a picture',
    visibility: 'public',
    language: 'en',
  })
  const { data: poll } = await alice.postStatus('Tea or coffee?', {
    poll: { options: ['Tea', 'Coffee'], expires_in: 3600, multiple: false },
    visibility: 'public',
  })
  expect(poll).toMatchObject({ poll: { options: [{ title: 'Tea' }, { title: 'Coffee' }] } })
  return { picture: picture as Seen, poll: poll as Seen }
}

async function converse(alice: Mastodon, bob: Mastodon, picture: Seen, poll: Seen): Promise<string> {
  const { data: voted } = await bob.votePoll(poll.poll?.id ?? '', [1])
  expect(voted.voted).toBe(true)
  await bob.favouriteStatus(picture.id)
  expect((await bob.reblogStatus(picture.id)).data.reblog?.reblogs_count).toBe(1)
  expect((await alice.getStatusFavouritedBy(picture.id)).data).toHaveLength(1)
  const { data: reply } = await bob.postStatus('@alice what a picture #day', {
    in_reply_to_id: picture.id,
    visibility: 'public',
  })
  const { data: context } = await alice.getStatusContext(picture.id)
  expect(context.descendants.map(({ id }) => id)).toEqual([reply.id])
  const { data: edited } = await bob.editStatus(reply.id, { status: '@alice what a fine picture #day' })
  expect(edited.edited_at).not.toBeNull()
  expect((await bob.getStatusSource(reply.id)).data.text).toContain('fine')
  // The library has no word for quotes yet, but a client of its own that sends anything.
  const { data: quote } = await bob.client.post<{ quote: object }>('/api/v1/statuses', {
    status: 'Look at this',
    quoted_status_id: picture.id,
  })
  expect(quote.quote).toMatchObject({ state: 'accepted', quoted_status: { id: picture.id } })
  await bob.postStatus('@alice between us', { visibility: 'direct' })
  const { data: conversations } = await alice.getConversationTimeline()
  await alice.readConversation(conversations[0]?.id ?? '')
  return reply.id
}

async function sortOut(alice: Mastodon, bob: Mastodon, listId: string): Promise<void> {
  const { data: filter } = await alice.createFilter('spoiler', [FilterContext.Home], { whole_word: true })
  const { data: spoiler } = await bob.postStatus('A spoiler', { visibility: 'public' })
  expect((await alice.getFilters()).data).toHaveLength(1)
  await alice.updateFilter(filter.id, 'spoilers', [FilterContext.Home, FilterContext.Public])
  await alice.deleteFilter(filter.id)
  for (const { data } of [
    await alice.getListTimeline(listId),
    await alice.getHomeTimeline({ limit: 10 }),
    await alice.getLocalTimeline({ limit: 10 }),
  ])
    expect(data.map(({ id }) => id)).toContain(spoiler.id)
  expect((await alice.getTagTimeline('day')).data.length).toBeGreaterThan(1)
  await alice.saveMarkers({ home: { last_read_id: spoiler.id } })
  await alice.bookmarkStatus(spoiler.id)
  expect((await alice.getBookmarks()).data).toHaveLength(1)
}

async function readNews(alice: Mastodon): Promise<void> {
  const { data: news } = await alice.getNotifications()
  expect(new Set(news.map(({ type }) => type))).toEqual(
    new Set(['follow', 'favourite', 'reblog', 'mention', 'quote']),
  )
  const { data: grouped } = await alice.client.get<{ notification_groups: object[] }>('/api/v2/notifications')
  expect(grouped.notification_groups).toHaveLength(news.length)
  await alice.dismissNotification(news[0]?.id ?? '')
  await alice.dismissNotifications()
  const { data: found } = await alice.search('bob', { type: 'accounts' })
  expect(found.accounts.map(({ acct }) => acct)).toEqual(['bob'])
  expect((await alice.search('#day', { type: 'hashtags' })).data.hashtags[0]?.name).toBe('day')
}

async function tidyUp(
  alice: Mastodon,
  bob: Mastodon,
  mine: readonly string[],
  replyId: string,
  listId: string,
): Promise<void> {
  await alice.updateList(listId, 'Old neighbours')
  await bob.deleteStatus(replyId)
  for (const id of mine) await alice.deleteStatus(id)
  await expect(alice.getStatus(replyId)).rejects.toThrow('404')
  await alice.deleteList(listId)
}
