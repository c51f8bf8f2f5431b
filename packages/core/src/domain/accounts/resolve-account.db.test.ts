import type { AccountRow } from '@anancus/db'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { gone, type Remote, redirect, reply, silence } from '../../../testing/remote.ts'
import { fetchProfileImagesJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { resolveAccount, resolveAccountByUri } from './index.ts'

const world = useFederation(['e', 'v', 'handles', 'x1', 'x2'])
let ctx: Ctx
let far: Remote
let other: Remote
let handles: Remote

beforeEach(() => {
  ;({ ctx } = world)
  far = world.host('v')
  other = world.host('e')
  handles = world.host('handles')
})

const asked = (remote: Remote, path: string) =>
  remote.requests.filter((request) => request.path.startsWith(path))
const age = (account: AccountRow, hours: number) =>
  ctx
    .db('accounts')
    .where({ id: account.id })
    .update({ last_webfingered_at: new Date(Date.now() - hours * 60 * 60 * 1000) })

describe('finding an account by its handle', () => {
  it('has pictures brought again that made room for others, when it is asked for anew', async () => {
    const carol = far.actor('carol', { icon: { type: 'Image', url: far.url('/a.png') } })
    const account = (await resolveAccount(ctx, `@${carol.handle}`)) as AccountRow
    const waiting = async () =>
      (await peekQueues(ctx)).filter(({ name }) => name === fetchProfileImagesJob.name).length
    expect(await waiting()).toBe(1)
    await ctx.db('accounts').where({ id: account.id }).update({ avatar_file_name: 'a.png' })
    await age(account, 25)
    await resolveAccount(ctx, `@${carol.handle}`)
    expect(await waiting()).toBe(1)
    await ctx.db('accounts').where({ id: account.id }).update({ avatar_file_name: null })
    await age(account, 25)
    await resolveAccount(ctx, `@${carol.handle}`)
    expect(await waiting()).toBe(2)
  })

  it('asks its server once a day, and stores what the actor says', async () => {
    const carol = far.actor('carol', {
      name: 'Carol',
      summary: '<p>Hi</p>',
      manuallyApprovesFollowers: true,
      discoverable: true,
      published: '2020-01-01T00:00:00Z',
      icon: { type: 'Image', url: far.url('/a.png'), name: 'A face' },
      endpoints: { sharedInbox: far.url('/inbox') },
      attachment: [{ type: 'PropertyValue', name: 'Site', value: 'x' }],
    })
    const account = await resolveAccount(ctx, `@${carol.handle}`)
    expect(account).toMatchObject({
      username: 'carol',
      domain: far.host,
      uri: carol.uri,
      display_name: 'Carol',
      note: '<p>Hi</p>',
      locked: true,
      discoverable: true,
      avatar_remote_url: far.url('/a.png'),
      avatar_description: 'A face',
      shared_inbox_url: far.url('/inbox'),
      fields: [{ name: 'Site', value: 'x' }],
    })
    far.requests.length = 0
    expect(await resolveAccount(ctx, `CAROL@${far.host.toUpperCase()}`)).toMatchObject({ id: account?.id })
    expect(far.requests).toEqual([])
    await age(account as AccountRow, 25)
    carol.document.name = 'Carol II'
    expect(await resolveAccount(ctx, carol.handle)).toMatchObject({
      id: account?.id,
      display_name: 'Carol II',
    })
  })

  it('signs what it fetches, as the server itself', async () => {
    const carol = far.actor('carol')
    await resolveAccount(ctx, carol.handle)
    expect(asked(far, '/users/carol')[0]?.headers.signature).toContain(
      `keyId="${ctx.config.baseUrl}/actor#main-key"`,
    )
  })

  it('is local for our own domain, in any case, and asks nobody', async () => {
    const { account } = world.alice
    for (const acct of [
      'alice',
      '@ALICE',
      'acct:alice@social.test',
      'alice@SOCIAL.TEST',
      'alice@social.test/',
    ])
      expect(await resolveAccount(ctx, acct)).toMatchObject({ id: account.id })
  })

  it.each([
    'alice@s.te/st',
    'alice@social.test.',
    'alice@social。test',
    'alice@ｓocial.test',
    'alice@social.test:443:1',
  ])('SEC-ORG-05 %s is not ours, and nobody', async (acct) => {
    expect(await resolveAccount(ctx, acct)).toBeNull()
  })

  it('SEC-ORG-05 a look-alike domain is somebody else’s', async () => {
    const found = resolveAccount(ctx, 'alice@xn--socil-1ve.test')
    await expect(found).rejects.toMatchObject({ host: 'xn--socil-1ve.test' })
  })

  it.each(['', '@', 'a@b@c', 'alice bob', 'a@', '@@x', 'x'.repeat(5000)])('%j is no handle', async (acct) => {
    expect(await resolveAccount(ctx, acct)).toBeNull()
  })

  it('is nobody where the server knows none, and on a server that is blocked', async () => {
    expect(await resolveAccount(ctx, `nobody@${far.host}`)).toBeNull()
    const carol = far.actor('carol')
    await ctx.db('domain_blocks').insert({ domain: 'v.localhost', severity: 1 })
    far.requests.length = 0
    expect(await resolveAccount(ctx, carol.handle)).toBeNull()
    expect(far.requests).toEqual([])
  })

  it('of a server that does not answer is the known one, and an error when there is none', async () => {
    const carol = far.actor('carol')
    const known = (await resolveAccount(ctx, carol.handle)) as AccountRow
    await age(known, 48)
    far.serve('/.well-known/webfinger', reply({ status: 500 }))
    expect(await resolveAccount(ctx, carol.handle)).toMatchObject({ id: known.id })
    await expect(resolveAccount(ctx, `dan@${far.host}`)).rejects.toMatchObject({ retryable: true })
  })

  it('waits no longer than it is given', async () => {
    far.serve('/.well-known/webfinger', silence())
    const start = Date.now()
    await expect(resolveAccount(ctx, `dan@${far.host}`, { deadlineMs: 300 })).rejects.toMatchObject({
      retryable: true,
    })
    expect(Date.now() - start).toBeLessThan(10_000)
  })

  it('that is gone for good is hidden', async () => {
    const carol = far.actor('carol')
    const known = (await resolveAccount(ctx, carol.handle)) as AccountRow
    await age(known, 48)
    far.serve('/.well-known/webfinger', gone())
    expect(await resolveAccount(ctx, carol.handle)).toBeNull()
    expect((await world.accountOf(carol))?.suspended_at).not.toBeNull()
  })

  it('that suspends itself is hidden until it takes that back', async () => {
    const carol = far.actor('carol', { suspended: true })
    expect((await resolveAccount(ctx, carol.handle))?.suspended_at).not.toBeNull()
    carol.document.suspended = false
    expect((await resolveAccount(ctx, carol.handle, { fresh: true }))?.suspended_at).toBeNull()
    const { id } = (await world.accountOf(carol)) as AccountRow
    await ctx.db('accounts').where({ id }).update({ suspended_at: new Date(), suspension_origin: 0 })
    expect((await resolveAccount(ctx, carol.handle, { fresh: true }))?.suspended_at).not.toBeNull()
  })

  it('of a limited server is limited from the start', async () => {
    const since = new Date('2026-01-01')
    await ctx.db('domain_blocks').insert({ domain: 'localhost', severity: 0, created_at: since })
    const carol = far.actor('carol')
    expect((await resolveAccount(ctx, carol.handle))?.silenced_at).toEqual(since)
  })

  it('that was made anew under another id keeps its row', async () => {
    const carol = far.actor('carol')
    const before = (await resolveAccount(ctx, carol.handle)) as AccountRow
    const again = far.actor('carol2', { preferredUsername: 'carol' })
    far.webfinger(carol.handle, again.uri)
    const after = await resolveAccount(ctx, carol.handle, { fresh: true })
    expect(after).toMatchObject({ id: before.id, uri: again.uri })
  })
})

describe('handles on another domain than the actor', () => {
  /** `name@handles`, whose actor lives on `v`. */
  function split(name = 'carol') {
    const handle = `${name}@${handles.host}`
    const actor = far.actor(name)
    handles.webfinger(handle, actor.uri)
    far.webfinger(actor.handle, actor.uri, handle)
    return { actor, handle }
  }

  it('are found from either side when both agree', async () => {
    const { actor, handle } = split()
    const account = await resolveAccount(ctx, handle)
    expect(account).toMatchObject({ username: 'carol', domain: handles.host, uri: actor.uri })
    const one = split('dan')
    expect(await resolveAccount(ctx, one.actor.handle)).toMatchObject({ domain: handles.host })
    const two = split('eve')
    expect(await resolveAccountByUri(ctx, two.actor.uri)).toMatchObject({ domain: handles.host })
  })

  it('are also found when the actor says its handle itself (FEP-2c59)', async () => {
    const handle = `carol@${handles.host}`
    const actor = far.actor('carol', { webfinger: handle })
    far.webfinger(actor.handle, null)
    handles.webfinger(handle, actor.uri)
    expect(await resolveAccount(ctx, handle)).toMatchObject({ domain: handles.host, uri: actor.uri })
  })

  it('SEC-ORG-14 are nobody’s when the actor does not agree', async () => {
    const victim = far.actor('victim')
    other.webfinger(`victim@${other.host}`, victim.uri)
    expect(await resolveAccount(ctx, `victim@${other.host}`)).toMatchObject({ domain: far.host })
    expect(await ctx.db('accounts').where({ domain: other.host }).select()).toEqual([])
  })

  it('SEC-ORG-14 are nobody’s when the domain does not agree', async () => {
    const mallory = other.actor('mallory')
    other.webfinger(mallory.handle, mallory.uri, `root@${far.host}`)
    expect(await resolveAccountByUri(ctx, mallory.uri)).toBeNull()
    far.webfinger(`root@${far.host}`, far.url('/users/root'))
    expect(await resolveAccountByUri(ctx, mallory.uri)).toBeNull()
    const eve = other.actor('eve', { webfinger: `root@${far.host}` })
    expect(await resolveAccountByUri(ctx, eve.uri)).toBeNull()
    expect(await ctx.db('accounts').whereNot({ domain: null }).select()).toEqual([])
  })

  it('SEC-ORG-15 are never taken from aliases', async () => {
    const mallory = other.actor('mallory')
    other.serve(
      '/.well-known/webfinger',
      reply({
        type: 'application/jrd+json',
        body: {
          subject: `acct:${mallory.handle}`,
          aliases: [`acct:root@${far.host}`, mallory.uri],
          links: [{ rel: 'self', type: 'application/activity+json', href: mallory.uri }],
        },
      }),
    )
    expect(await resolveAccountByUri(ctx, mallory.uri)).toMatchObject({
      username: 'mallory',
      domain: other.host,
    })
  })

  it('never claim our own domain', async () => {
    const mallory = other.actor('mallory', { webfinger: 'alice@social.test' })
    expect(await resolveAccountByUri(ctx, mallory.uri)).toBeNull()
    other.webfinger(mallory.handle, mallory.uri, 'alice@social.test')
    expect(await resolveAccount(ctx, mallory.handle)).toBeNull()
  })
})

describe('finding an actor by its id', () => {
  it('SEC-ORG-22 many at once, in several spellings, make one account', async () => {
    const carol = far.actor('carol')
    far.serve('/@carol', redirect(carol.uri))
    const handle = carol.handle
    const found = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        n % 3 === 0
          ? resolveAccountByUri(ctx, carol.uri)
          : resolveAccount(ctx, n % 3 === 1 ? handle : handle.toUpperCase()),
      ),
    )
    expect(new Set(found.map((account) => account?.id)).size).toBe(1)
    expect(await ctx.db('accounts').where({ domain: far.host }).select()).toHaveLength(1)
  })

  it('SEC-ORG-01 a body with another’s id stores nothing under either', async () => {
    const victim = far.actor('victim')
    const before = (await resolveAccountByUri(ctx, victim.uri)) as AccountRow
    const forged = other.actor('mallory')
    other.serve('/a', { ...forged.document, id: victim.uri, inbox: other.url('/steal') })
    expect(await resolveAccountByUri(ctx, other.url('/a'))).toBeNull()
    expect(await world.accountOf(victim)).toMatchObject({
      public_key: before.public_key,
      inbox_url: victim.inbox,
    })
    expect(await ctx.db('accounts').where({ domain: other.host }).select()).toEqual([])
  })

  it.each(['Note', 'Repository', 'Tombstone', ['x', 'y'], null])('type %j is no account', async (type) => {
    const odd = far.actor('odd', { type })
    expect(await resolveAccountByUri(ctx, odd.uri)).toBeNull()
  })

  it('takes the first type it knows, key ids without fragment and names with dots', async () => {
    const uri = far.url('/users/alice.bsky.social')
    const bridged = far.actor('alice.bsky.social', {
      type: ['x:Bridge', 'Person'],
      publicKey: {
        id: uri,
        owner: uri,
        publicKeyPem: (far.actor('k').document.publicKey as { publicKeyPem: string }).publicKeyPem,
      },
      url: ['at://did:plc:x', far.url('/page')],
    })
    expect(await resolveAccountByUri(ctx, bridged.uri)).toMatchObject({
      username: 'alice.bsky.social',
      url: far.url('/page'),
    })
    expect(await ctx.db('keypairs').select('uri')).toEqual([{ uri }])
  })

  it('ours is never fetched', async () => {
    const uri = world.uriOf(world.alice.account)
    expect(await resolveAccountByUri(ctx, uri)).toMatchObject({ id: world.alice.account.id })
    expect(await resolveAccountByUri(ctx, `${ctx.config.baseUrl}/@alice`)).toMatchObject({
      username: 'alice',
    })
    expect(await resolveAccountByUri(ctx, `${ctx.config.baseUrl}/users/nobody`)).toBeNull()
    expect(await resolveAccountByUri(ctx, `${uri}/followers`)).toBeNull()
  })
})

describe('WebFinger that is a trap', () => {
  it('SEC-SSRF-06 is followed a few hops only, and never inwards', async () => {
    const path = '/.well-known/webfinger'
    for (const answer of [
      redirect(path),
      redirect('gopher://x/'),
      redirect('http://10.0.0.1/'),
      redirect('http://127.0.0.1:1/'),
    ]) {
      far.requests.length = 0
      far.serve(path, answer)
      await expect(resolveAccount(ctx, `x@${far.host}`)).rejects.toMatchObject({ retryable: false })
      expect(far.requests.length).toBeLessThanOrEqual(4)
    }
  })

  it.each([
    ['no JSON', 'x'],
    ['a list', '[]'],
    ['without a subject', '{"links":[]}'],
    ['without links', '{"subject":"acct:x@y"}'],
    [
      'with a subject that is no handle',
      '{"subject":7,"links":[{"rel":"self","type":"application/activity+json","href":"http://x"}]}',
    ],
    [
      'with another scheme',
      '{"subject":"acct:x@y","links":[{"rel":"self","type":"application/activity+json","href":"javascript:x"}]}',
    ],
    ['SEC-DOS-06 of two megabytes', `{"subject":"${'x'.repeat(2_000_000)}"}`],
  ])('an answer that is %s is nobody', async (_name, body) => {
    far.serve('/.well-known/webfinger', reply({ type: 'application/jrd+json', body }))
    const found = await resolveAccount(ctx, `x@${far.host}`).catch((error) => error.name)
    expect([null, 'RemoteServerError']).toContain(found)
  })

  it('is found through host-meta where its usual place is empty', async () => {
    const carol = far.actor('carol')
    far.webfinger(carol.handle, null)
    far.serve(
      '/.well-known/host-meta',
      reply({
        type: 'application/xrd+xml',
        body: `<?xml version="1.0"?><XRD><Link rel="lrdd" template="${far.url('/wf')}?resource={uri}"/></XRD>`,
      }),
    )
    far.serve(
      '/wf',
      reply({
        type: 'application/jrd+json',
        body: {
          subject: `acct:${carol.handle}`,
          links: [{ rel: 'self', type: 'application/activity+json', href: carol.uri }],
        },
      }),
    )
    expect(await resolveAccount(ctx, carol.handle)).toMatchObject({ uri: carol.uri })
  })

  it.each([
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><XRD><Link rel="lrdd" template="T?resource={uri}&a;"/></XRD>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1/"><XRD><Link rel="lrdd" template="T?{uri}"/></XRD>',
    '<XRD><Link rel="lrdd" template="file:///etc/{uri}"/></XRD>',
    '<XRD><Link rel="lrdd" template="T"/></XRD>',
    '<'.repeat(100_000),
  ])('SEC-XSS-12 host-meta %# is not followed', async (xml) => {
    far.serve(
      '/.well-known/host-meta',
      reply({ type: 'application/xrd+xml', body: xml.replaceAll('T', far.url('/wf')) }),
    )
    expect(await resolveAccount(ctx, `x@${far.host}`)).toBeNull()
    expect(asked(far, '/wf')).toEqual([])
  })
})

describe('counts', () => {
  it('SEC-FED-07 of another server are cut to sense; a hidden list is remembered', async () => {
    const carol = far.actor('carol')
    const collection = (totalItems: unknown, first?: string) => ({
      type: 'OrderedCollection',
      totalItems,
      first,
    })
    far.serve('/users/carol/outbox', collection(7, 'x'))
    far.serve('/users/carol/followers', collection(1e15))
    far.serve('/users/carol/following', collection(-1, 'x'))
    const account = (await resolveAccount(ctx, carol.handle)) as AccountRow
    const { refreshAccount } = await import('./index.ts')
    await refreshAccount(ctx, { accountId: account.id })
    expect(await ctx.db('account_stats').where({ account_id: account.id }).first()).toMatchObject({
      statuses_count: '7',
      followers_count: '2147483647',
      following_count: '0',
    })
    expect(await world.accountOf(carol)).toMatchObject({ hide_collections: true })
  })
})
