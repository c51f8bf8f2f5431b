import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addAlias, cancelRedirect, moveAccount, redirectAccount } from '@anancus/core/domain/relationships'
import type { Account, MediaAttachment, Poll, Status } from '@anancus/core/entities/types'
import { type Citizen, settleIn } from './support/citizens.ts'
import { compareInstances } from './support/compare-instances.ts'
import { createSecureInstances, missingForTls, type SecureInstance } from './support/secure-instances.ts'
import { expectAgreement, hurryPollEnd, isQuiet } from './support/settle.ts'
import { eventually } from './support/wait.ts'

const missing = missingForTls()
const describeWithTls = missing === null ? describe : describe.skip

/** For each step; the machine may be busy. */
const STEP_MS = 180_000

jest.setTimeout(STEP_MS)

/**
 * a.test, b.test and c.test, each with its own address, certificate, database and processes, talk to each other by nothing
 * but ActivityPub over TLS. After each step their databases are compared.
 */
describeWithTls(`three instances with TLS${missing ? ` (needs ${missing})` : ''}`, () => {
  let all: SecureInstance[] = []
  let close: () => Promise<void>
  let a: SecureInstance
  let b: SecureInstance
  let c: SecureInstance
  let alice: Citizen
  let amy: Citizen
  let bob: Citizen
  let ben: Citizen
  let bess: Citizen
  let carol: Citizen
  let cora: Citizen
  let picture: Status
  let reply: Status

  beforeAll(async () => {
    ;({ all, close } = await createSecureInstances(['a', 'b', 'c']))
    ;[a, b, c] = all as [SecureInstance, SecureInstance, SecureInstance]
    await Promise.all(all.map((instance) => instance.start()))
    ;[alice, amy] = [await settleIn(a, 'alice', 'Owner'), await settleIn(a, 'amy')]
    ;[bob, ben, bess] = [
      await settleIn(b, 'bob', 'Owner'),
      await settleIn(b, 'ben'),
      await settleIn(b, 'bess'),
    ]
    ;[carol, cora] = [await settleIn(c, 'carol', 'Owner'), await settleIn(c, 'cora')]
  }, 300_000)

  afterAll(async () => {
    await close?.()
  }, 120_000)

  const agree = () => expectAgreement(all)
  afterEach(agree)

  const letIn = async (who: Citizen) => {
    const waiting = await eventually(`${who.handle} is asked`, async () => {
      const asked = await who.waiting()
      return asked.size > 0 && asked
    })
    for (const id of waiting.values()) await who.api.post(`/api/v1/follow_requests/${id}/authorize`)
  }

  it('people find and follow each other', async () => {
    const pairs = [
      [alice, bob],
      [alice, carol],
      [amy, carol],
      [bob, alice],
      [bob, carol],
      [carol, alice],
      [carol, bob],
    ] as const
    for (const [who, whom] of pairs) await who.to(whom, 'follow')
    for (const [who, whom] of pairs) await who.follows(whom)
  })

  it('an account with a lock lets one in and another not', async () => {
    await ben.api.patch('/api/v1/accounts/update_credentials', { locked: true })
    await eventually('others know of the lock', async () => (await alice.to(ben, 'follow')).requested)
    await carol.to(ben, 'follow')
    const waiting = await eventually('ben is asked twice', async () => {
      const asked = await ben.waiting()
      return asked.size === 2 && asked
    })
    await agree()
    await ben.api.post(`/api/v1/follow_requests/${waiting.get(alice.handle)}/authorize`)
    await ben.api.post(`/api/v1/follow_requests/${waiting.get(carol.handle)}/reject`)
    await alice.follows(ben)
    await eventually('carol waits no longer', async () => !(await carol.tiesWith(ben)).requested)
  })

  it('a profile changes', async () => {
    const form = pictureForm('avatar')
    form.set('avatar_description', 'a gull')
    await bob.api.patch('/api/v1/accounts/update_credentials', form)
    await bob.api.patch('/api/v1/accounts/update_credentials', {
      display_name: 'Bob of B',
      note: `Sees #birds, asks ${alice.handle}\n\nand you`,
      discoverable: true,
      indexable: true,
      bot: true,
      fields_attributes: [
        { name: 'Home', value: 'https://bob.example/' },
        { name: 'Friend', value: alice.handle },
      ],
    })
    await eventually('carol sees it', async () => {
      const shown = await carol.api.get<Account>(`/api/v1/accounts/${await carol.idOf(bob)}`)
      return shown.display_name === 'Bob of B'
    })
  })

  it('posts of every visibility arrive where they should', async () => {
    const form = pictureForm('file')
    form.set('description', 'gulls')
    form.set('focus', '0.5,-0.5')
    const media = await bob.api.post<MediaAttachment>('/api/v2/media', form)
    // Nobody but c knows cora.
    picture = await bob.post(`Look, ${carol.handle} and ${cora.handle}: #Gulls over the sea`, {
      media_ids: [media.id],
      spoiler_text: 'birds',
      language: 'en',
    })
    for (const who of [alice, carol]) await who.has(picture.uri)
    for (const visibility of ['unlisted', 'private']) {
      const { uri } = await bob.post(`This is ${visibility}`, { visibility })
      for (const who of [alice, carol]) await who.has(uri)
    }
    const letter = await bob.post(`${alice.handle} only you`, { visibility: 'direct' })
    await alice.has(letter.uri)
    await carol.lost(letter.uri)
  })

  it('a thread goes through all three', async () => {
    reply = await alice.answer(picture.uri, `${bob.handle} lovely`)
    await carol.has(reply.uri)
    const second = await carol.answer(reply.uri, `${alice.handle} ${bob.handle} indeed`)
    await bob.has(second.uri)
    const third = await bob.answer(second.uri, `${carol.handle} thank you`)
    await alice.has(third.uri)
    const secret = await bob.answer(third.uri, `${carol.handle} between us`)
    await carol.has(secret.uri)
    const { id } = await alice.see(picture.uri)
    const { descendants } = await alice.api.get<{ descendants: Status[] }>(`/api/v1/statuses/${id}/context`)
    expect(descendants.map((status) => status.uri)).toEqual(
      expect.arrayContaining([reply.uri, second.uri, third.uri]),
    )
  })

  it('boosts come and go', async () => {
    for (const who of [carol, alice]) await who.act('reblog', picture.uri)
    await eventually('bob has two', async () => (await bob.see(picture.uri)).reblogs_count === 2)
    await agree()
    await alice.act('unreblog', picture.uri)
    await eventually('bob has one', async () => (await bob.see(picture.uri)).reblogs_count === 1)
  })

  it('favourites come and go', async () => {
    for (const who of [carol, alice]) await who.act('favourite', picture.uri)
    await eventually('bob has two', async () => (await bob.see(picture.uri)).favourites_count === 2)
    await agree()
    await carol.act('unfavourite', picture.uri)
    await eventually('bob has one', async () => (await bob.see(picture.uri)).favourites_count === 1)
  })

  it('a quote is allowed, another refused, the first taken back, the quoted post deleted', async () => {
    const open = await bob.post('You may quote me', { quote_approval_policy: 'public' })
    await carol.has(open.uri)
    const quoting = await alice.quote(open.uri, 'He said:')
    await bob.told('quote')
    for (const who of [alice, bob, carol]) await who.seesQuote(quoting.uri, 'accepted')
    await agree()
    // Nobody hears of it: what c believes is old when carol quotes.
    const onC = await carol.see(open.uri)
    const policyOf = b.ctx.db('statuses').where({ id: open.id })
    const { quote_approval_policy: policy } = await policyOf.clone().first()
    await policyOf.clone().update({ quote_approval_policy: 0 })
    const refused = await carol.post('Me too:', { quoted_status_id: onC.id })
    await carol.seesQuote(refused.uri, 'rejected')
    await policyOf.clone().update({ quote_approval_policy: policy })
    await agree()
    await bob.api.post(`/api/v1/statuses/${open.id}/quotes/${(await bob.see(quoting.uri)).id}/revoke`)
    for (const who of [alice, bob, carol]) await who.seesQuote(quoting.uri, 'revoked')
    await agree()
    const again = await alice.quote(open.uri, 'And again:')
    for (const who of [alice, bob, carol]) await who.seesQuote(again.uri, 'accepted')
    await bob.api.delete(`/api/v1/statuses/${open.id}`)
    for (const who of [alice, carol]) await who.lost(open.uri)
  })

  it('a poll is voted in, counted everywhere, and ends', async () => {
    const poll = { options: ['Tea', 'Coffee', 'Milk'], expires_in: 3600, multiple: true }
    const asked = await bob.post('Tea or coffee?', { poll })
    for (const who of [alice, carol]) await who.has(asked.uri)
    const pollOf = async (who: Citizen) => (await who.see(asked.uri)).poll as Poll
    const vote = async (who: Citizen, ...choices: number[]) =>
      who.api.post(`/api/v1/polls/${(await pollOf(who)).id}/votes`, { choices })
    await vote(alice, 0, 2)
    await vote(carol, 0)
    for (const who of [bob, alice, carol])
      await eventually(`${who.handle} sees the count`, async () => {
        await isQuiet(b.ctx)
        const { voters_count: voters, options } = await pollOf(who)
        return voters === 2 && options.map((option) => option.votes_count).join() === '2,0,1'
      })
    await agree()
    // Its author could let it end in five minutes at the least.
    await b.ctx.db('polls').where({ status_id: asked.id }).update({ expires_at: new Date() })
    await hurryPollEnd(b.ctx)
    for (const who of [alice, carol])
      await eventually(`${who.handle} sees the end`, async () => (await pollOf(who)).expired)
    for (const instance of [a, c]) await hurryPollEnd(instance.ctx)
    for (const who of [bob, alice, carol]) await who.told('poll')
  })

  it('edits go everywhere, and nobody is named any more', async () => {
    const edit = (status: string, description: string) =>
      bob.api.put(`/api/v1/statuses/${picture.id}`, {
        status,
        spoiler_text: '',
        language: 'en',
        media_ids: picture.media_attachments.map((media) => media.id),
        media_attributes: [{ id: picture.media_attachments[0]?.id, description }],
      })
    await edit(`Look, ${carol.handle}: #Terns over the sea`, 'terns')
    for (const who of [alice, carol])
      await eventually(`${who.handle} sees it`, async () =>
        (await who.see(picture.uri)).content?.includes('Terns'),
      )
    await agree()
    await edit('Look: #Skuas over the sea', 'skuas')
    for (const who of [alice, carol])
      await eventually(`${who.handle} sees it`, async () =>
        (await who.see(picture.uri)).content?.includes('Skuas'),
      )
  })

  it('what is featured shows everywhere, until it is not', async () => {
    const features = async (who: Citizen) => {
      const id = await who.idOf(bob)
      const pinned = await who.api.get<Status[]>(`/api/v1/accounts/${id}/statuses?pinned=true`)
      const tags = await who.api.get<{ name: string }[]>(`/api/v1/accounts/${id}/featured_tags`)
      return pinned.length + tags.length
    }
    await bob.api.post(`/api/v1/statuses/${picture.id}/pin`)
    await bob.api.post('/api/v1/tags/skuas/feature')
    for (const who of [alice, carol])
      await eventually(`${who.handle} sees both`, async () => (await features(who)) === 2)
    await agree()
    await bob.api.post(`/api/v1/statuses/${picture.id}/unpin`)
    await bob.api.post('/api/v1/tags/skuas/unfeature')
    for (const who of [alice, carol])
      await eventually(`${who.handle} sees none`, async () => (await features(who)) === 0)
  })

  it('a deleted post goes with its boosts and leaves its answers', async () => {
    await bob.api.delete(`/api/v1/statuses/${picture.id}`)
    for (const who of [alice, carol]) await who.lost(picture.uri)
    await carol.has(reply.uri)
    const [boost] = await c.ctx
      .db('statuses')
      .where({ account_id: carol.id, deleted_at: null })
      .whereNotNull('reblog_of_id')
    expect(boost).toBeUndefined()
  })

  it('a mute is nobody else’s business', async () => {
    await alice.to(bob, 'mute')
    await agree()
    expect(await bob.tiesWith(alice)).toMatchObject({ following: true, followed_by: true })
    await alice.to(bob, 'unmute')
  })

  it('follows end from either side', async () => {
    await amy.to(carol, 'unfollow')
    await bob.to(alice, 'remove_from_followers')
    await eventually('alice follows bob no more', async () => !(await alice.tiesWith(bob)).following)
    await agree()
    await alice.to(bob, 'follow')
    await alice.follows(bob)
  })

  it('a block ends both follows, its end brings none back', async () => {
    await carol.to(bob, 'block')
    await eventually('bob is cut off', async () => {
      const ties = await bob.tiesWith(carol)
      return !ties.following && !ties.followed_by && ties.blocked_by
    })
    await agree()
    await carol.to(bob, 'unblock')
    await eventually('bob may again', async () => !(await bob.tiesWith(carol)).blocked_by)
    await carol.to(bob, 'follow')
    await carol.follows(bob)
  })

  it('an account points to another, moves there, and its followers come along', async () => {
    await bob.to(ben, 'follow')
    await letIn(ben)
    const movedTo = async () =>
      (await alice.api.get<Account>(`/api/v1/accounts/${await alice.idOf(ben)}`)).moved?.acct
    await redirectAccount(b.ctx, (await ben.viewer()).account, carol.handle)
    await eventually(
      'a sees where to',
      async () => (await isQuiet(b.ctx), (await movedTo()) === 'carol@c.test'),
    )
    await agree()
    await cancelRedirect(b.ctx, (await ben.viewer()).account)
    await eventually('a sees it no more', async () => (await isQuiet(b.ctx), (await movedTo()) === undefined))
    await addAlias(c.ctx, await cora.viewer(), ben.handle)
    await moveAccount(b.ctx, (await ben.viewer()).account, cora.handle)
    for (const who of [alice, bob]) await who.follows(cora)
    expect((await alice.tiesWith(ben)).following).toBe(false)
    expect(await movedTo()).toBe('cora@c.test')
  })

  it('a report reaches the server of whom it is about', async () => {
    for (const who of [alice, carol]) await who.to(bess, 'follow')
    await bess.to(alice, 'follow')
    for (const who of [alice, carol]) await who.follows(bess)
    const rude = await bess.post('Something rude')
    for (const who of [alice, carol]) await who.has(rude.uri)
    await alice.api.post('/api/v1/reports', {
      account_id: await alice.idOf(bess),
      status_ids: [(await alice.see(rude.uri)).id],
      comment: 'Please look',
      forward: true,
    })
    const report = await eventually('b has it', async () => b.ctx.db('reports').first())
    expect(report).toMatchObject({
      comment: 'Please look',
      status_ids: [rude.id],
      target_account_id: bess.id,
    })
  })

  it('a server is blocked', async () => {
    await carol.api.post('/api/v1/admin/domain_blocks', { domain: 'b.test', severity: 'suspend' })
    await eventually('b has lost its followers on c', async () => {
      const followers = b.ctx.db('follows').join('accounts', 'accounts.id', 'account_id')
      return (await followers.where({ domain: 'c.test' }).first()) === undefined
    })
    const unheard = await bob.post(`${carol.handle} do you hear me?`)
    await alice.has(unheard.uri)
    await carol.lost(unheard.uri)
  })

  it('the block is lifted: what is new arrives', async () => {
    const blocks = await carol.api.get<{ id: string }[]>('/api/v1/admin/domain_blocks')
    await carol.api.delete(`/api/v1/admin/domain_blocks/${blocks[0]?.id}`)
    await eventually('bob is free', async () => {
      const row = await c.ctx.db('accounts').where({ username: 'bob', domain: 'b.test' }).first()
      return row?.suspended_at === null
    })
    const pairs = [
      [carol, bob],
      [bob, carol],
      [carol, bess],
    ] as const
    for (const [who, whom] of pairs) await who.to(whom, 'follow')
    for (const [who, whom] of pairs) await who.follows(whom)
    const heard = await bob.post(`${carol.handle} and now?`)
    await carol.has(heard.uri)
    const yes = await carol.answer(heard.uri, `${bob.handle} yes!`)
    for (const who of [alice, bob]) await who.has(yes.uri)
  })

  it('a suspended account is suspended everywhere, and comes back', async () => {
    const isSuspended = async (instance: SecureInstance) =>
      (await instance.ctx.db('accounts').where({ username: 'bess', domain: 'b.test' }).first())
        ?.suspended_at !== null
    await bob.api.post(`/api/v1/admin/accounts/${bess.id}/action`, { type: 'suspend' })
    for (const instance of [a, c]) await eventually(`${instance.domain} knows`, () => isSuspended(instance))
    await agree()
    await bob.api.post(`/api/v1/admin/accounts/${bess.id}/unsuspend`)
    for (const instance of [a, c])
      await eventually(`${instance.domain} knows of the end`, async () => !(await isSuspended(instance)))
    const back = await bess.post('Here again')
    for (const who of [alice, carol]) await who.has(back.uri)
  })

  it('a deleted account is gone everywhere with all it wrote', async () => {
    b.anancus('accounts', 'delete', 'bess')
    for (const instance of [a, c])
      await eventually(`${instance.domain} forgot`, async () => {
        const left = instance.ctx.db('statuses').join('accounts', 'accounts.id', 'account_id')
        return (await left.where({ username: 'bess', deleted_at: null }).first()) === undefined
      })
  })

  it('a difference is told', async () => {
    const statuses = () => c.ctx.db('statuses').join('accounts', 'accounts.id', 'account_id')
    const copy = await statuses()
      .where({ username: 'bob', deleted_at: null })
      .orderBy('statuses.id', 'desc')
      .first('statuses.*')
    await c.ctx.db('statuses').where({ id: copy.id }).update({ text: 'forged' })
    expect(await compareInstances(all)).toEqual([
      `status ${copy.uri}, text: b.test has ${JSON.stringify(copy.text)}, c.test has "forged"`,
    ])
    await c.ctx.db('statuses').where({ id: copy.id }).update({ text: copy.text })
    const [follow] = await a.ctx.db('follows').where({ account_id: alice.id }).orderBy('id').limit(1)
    await a.ctx.db('follows').where({ id: follow.id }).delete()
    const told = await compareInstances(all)
    expect(told).toHaveLength(2)
    expect(told.join('\n')).toContain('a.test: following_count of')
    expect(told.join('\n')).toMatch(/^follows .*: [bc]\.test has it, a\.test does not$/m)
    await a.ctx.db('follows').insert(follow)
  })
})

function pictureForm(name: string): FormData {
  const form = new FormData()
  const file = readFileSync(join(import.meta.dirname, 'support/picture.png'))
  form.set(name, new Blob([file], { type: 'image/png' }), 'picture.png')
  return form
}
