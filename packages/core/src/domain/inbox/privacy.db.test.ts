import type { AccountRow } from '@anancus/db'
import { deliver } from '../../../testing/deliver.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor } from '../../../testing/remote.ts'
import { renderAccount } from '../../entities/index.ts'
import { followAccount } from '../relationships/index.ts'
import { getVisibleStatus } from '../statuses/index.ts'

const world = useFederation(['far', 'other'])
const { uriOf, noteUri, count } = world
let carol: RemoteActor
let victim: RemoteActor

beforeEach(() => {
  carol = world.host('far').actor('carol')
  victim = world.host('other').actor('victim')
})

const mentionOf = (account: AccountRow) => ({
  type: 'Mention',
  href: uriOf(account),
  name: `@${account.username}`,
})
/** What somebody is told, and what lies in a home feed. */
const told = async () => [await count('notifications'), await count('mentions')]

describe('SEC-PRIV-19 who is named but not addressed', () => {
  async function notificationsOf(to: readonly string[]): Promise<unknown[]> {
    await world.met(carol)
    const { alice } = world
    // Somebody here follows, so that the post is kept.
    const fay = await world.make.viewer({})
    await world.make.follow({ account: fay.account, target: (await world.accountOf(carol)) as AccountRow })
    const note = world.host('far').note(carol, { to, cc: [], tag: [mentionOf(alice.account)] })
    await deliver(world.ctx, carol, activity(carol, 'Create', note, { to, cc: [] }))
    return world.ctx.db('notifications').where({ account_id: alice.account.id })
  }

  it.each([
    ['a post for followers', () => [carol.followers]],
    ['a post to somebody else', () => [victim.uri]],
    ['a post to nobody', () => []],
  ])('hears nothing of %s', async (_name, to) => {
    expect(await notificationsOf(to())).toEqual([])
  })

  it('hears of one that is addressed too', async () => {
    expect(await notificationsOf([carol.followers, uriOf(world.alice.account)])).toHaveLength(1)
  })
})

describe('SEC-PRIV-08 a locked account of another server', () => {
  /** Alice asked; nothing of victim’s for followers may be read until victim says yes. */
  async function asked() {
    const target = await world.met(victim)
    await world.ctx.db('accounts').where({ id: target.id }).update({ locked: true })
    await followAccount(world.ctx, world.alice.account, { ...target, locked: true })
    const secret = await world.make.status({ account: target, visibility: 'private' })
    const request = await world.ctx.db('follow_requests').first()
    const sees = () =>
      getVisibleStatus(world.ctx, world.alice, secret.id).then(
        () => true,
        () => false,
      )
    return { request, sees }
  }

  it('shows nothing before its own Accept, and nothing after Reject', async () => {
    const { request, sees } = await asked()
    expect(await sees()).toBe(false)
    await world.met(carol)
    await deliver(world.ctx, carol, activity(carol, 'Accept', request.uri))
    expect(await sees()).toBe(false)
    await deliver(world.ctx, victim, activity(victim, 'Accept', request.uri))
    expect(await sees()).toBe(true)
    await deliver(world.ctx, victim, activity(victim, 'Reject', request.uri))
    expect(await sees()).toBe(false)
  })
})

describe('SEC-PRIV-17 a suspended account', () => {
  async function suspended(): Promise<AccountRow> {
    const account = await world.followed(victim)
    const at = { suspended_at: new Date(), suspension_origin: 0 }
    await world.ctx.db('accounts').where({ id: account.id }).update(at)
    return account
  }

  it('comes back by nothing it sends', async () => {
    const account = await suspended()
    const mine = await world.make.status({ account: world.alice.account })
    const before = [
      await count('statuses'),
      ...(await told()),
      await count('favourites'),
      await count('follows'),
    ]
    const note = world.host('other').note(victim, {
      to: [PUBLIC, uriOf(world.alice.account)],
      tag: [mentionOf(world.alice.account)],
    })
    const mineUri = noteUri(mine, world.alice.account)
    for (const sent of [
      activity(victim, 'Create', note, { to: [PUBLIC] }),
      activity(victim, 'Update', note, { to: [PUBLIC] }),
      activity(victim, 'Announce', mineUri, { to: [PUBLIC] }),
      activity(victim, 'Like', mineUri),
      activity(victim, 'Follow', uriOf(world.alice.account)),
      activity(victim, 'Move', victim.uri, { target: carol.uri }),
      activity(victim, 'Update', { ...victim.document, name: 'Back again' }),
    ])
      await deliver(world.ctx, victim, sent).catch(() => {}) // refused at the door is as good
    expect([
      await count('statuses'),
      ...(await told()),
      await count('favourites'),
      await count('follows'),
    ]).toEqual(before)
    // A suspended profile may change at home; here nobody sees it.
    expect(await world.accountOf(victim)).toMatchObject({
      suspended_at: expect.any(Date),
      suspension_origin: 0,
    })
    const { display_name: shown } = await renderAccount(world.ctx, world.alice, account.id)
    expect(shown).toBe('')
  })

  it('is not carried back by others, be its post known or not', async () => {
    const account = await suspended()
    const known = await world.make.status({ account, uri: world.host('other').note(victim).id })
    const unknown = world.host('other').note(victim)
    await world.followed(carol)
    for (const uri of [known.uri, unknown.id])
      await deliver(world.ctx, carol, activity(carol, 'Announce', uri, { to: [PUBLIC] })).catch(() => {})
    expect(await world.ctx.db('statuses').whereNotNull('reblog_of_id')).toEqual([])
    const reply = world.host('far').note(carol, { inReplyTo: known.uri, to: [PUBLIC] })
    await deliver(world.ctx, carol, activity(carol, 'Create', reply, { to: [PUBLIC] }))
    await expect(getVisibleStatus(world.ctx, world.alice, known.id)).rejects.toThrow('Not Found')
  })
})

describe('SEC-PRIV-25 SEC-PRIV-23 who hides a server, or blocks somebody', () => {
  /** Carol answers, likes and reblogs what alice wrote. */
  async function approach(): Promise<string[]> {
    const mine = await world.make.status({ account: world.alice.account })
    const uri = noteUri(mine, world.alice.account)
    const note = world.host('far').note(carol, {
      to: [PUBLIC, uriOf(world.alice.account)],
      tag: [mentionOf(world.alice.account)],
      inReplyTo: uri,
    })
    for (const sent of [
      activity(carol, 'Create', note, { to: [PUBLIC] }),
      activity(carol, 'Like', uri),
      activity(carol, 'Announce', uri, { to: [PUBLIC] }),
    ])
      await deliver(world.ctx, carol, sent).catch(() => {}) // refused at the door is as good
    const rows = await world.ctx.db('notifications').where({ account_id: world.alice.account.id })
    return rows.map(({ type }) => type).sort()
  }

  it('hears of all of it otherwise', async () => {
    await world.met(carol)
    expect(await approach()).toEqual(['favourite', 'mention', 'reblog'])
  })

  it.each([
    [
      'the server is hidden',
      (target: AccountRow) =>
        world.make.domainBlock({ account: world.alice.account, domain: target.domain ?? '' }),
    ],
    [
      'the sender is blocked',
      (target: AccountRow) => world.make.block({ account: world.alice.account, target }),
    ],
  ])('hears of no mention, reblog or favourite where %s', async (_name, keepAway) => {
    await keepAway(await world.met(carol))
    expect(await approach()).toEqual([])
  })
})
