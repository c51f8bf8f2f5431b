import type { MediaAttachment, Poll, Status } from '@anancus/core/entities/types'
import type { Citizen } from '../support/citizens.ts'
import { pictureForm } from '../support/picture-form.ts'
import { hurryPollEnd, isQuiet } from '../support/settle.ts'
import { eventually } from '../support/wait.ts'
import type { World } from './world.ts'

/** Posts come, change, are answered in every way, and go. */
export function postingSteps(world: World): void {
  let picture: Status
  let reply: Status

  it('posts of every visibility arrive where they should', async () => {
    const form = pictureForm('file')
    form.set('description', 'gulls')
    form.set('focus', '0.5,-0.5')
    const media = await world.bob.api.post<MediaAttachment>('/api/v2/media', form)
    // Nobody but c knows cora.
    picture = await world.bob.post(
      `Look, ${world.carol.handle} and ${world.cora.handle}: #Gulls over the sea`,
      {
        media_ids: [media.id],
        spoiler_text: 'birds',
        language: 'en',
      },
    )
    for (const who of [world.alice, world.carol]) await who.has(picture.uri)
    for (const visibility of ['unlisted', 'private']) {
      const { uri } = await world.bob.post(`This is ${visibility}`, { visibility })
      for (const who of [world.alice, world.carol]) await who.has(uri)
    }
    const letter = await world.bob.post(`${world.alice.handle} only you`, { visibility: 'direct' })
    await world.alice.has(letter.uri)
    await world.carol.lost(letter.uri)
  })

  it('a thread goes through all three', async () => {
    reply = await world.alice.answer(picture.uri, `${world.bob.handle} lovely`)
    await world.carol.has(reply.uri)
    const second = await world.carol.answer(reply.uri, `${world.alice.handle} ${world.bob.handle} indeed`)
    await world.bob.has(second.uri)
    const third = await world.bob.answer(second.uri, `${world.carol.handle} thank you`)
    await world.alice.has(third.uri)
    const secret = await world.bob.answer(third.uri, `${world.carol.handle} between us`)
    await world.carol.has(secret.uri)
    const { id } = await world.alice.see(picture.uri)
    const { descendants } = await world.alice.api.get<{ descendants: Status[] }>(
      `/api/v1/statuses/${id}/context`,
    )
    expect(descendants.map((status) => status.uri)).toEqual(
      expect.arrayContaining([reply.uri, second.uri, third.uri]),
    )
  })

  it('boosts come and go', async () => {
    for (const who of [world.carol, world.alice]) await who.act('reblog', picture.uri)
    await eventually('bob has two', async () => (await world.bob.see(picture.uri)).reblogs_count === 2)
    await world.agree()
    await world.alice.act('unreblog', picture.uri)
    await eventually('bob has one', async () => (await world.bob.see(picture.uri)).reblogs_count === 1)
  })

  it('favourites come and go', async () => {
    for (const who of [world.carol, world.alice]) await who.act('favourite', picture.uri)
    await eventually('bob has two', async () => (await world.bob.see(picture.uri)).favourites_count === 2)
    await world.agree()
    await world.carol.act('unfavourite', picture.uri)
    await eventually('bob has one', async () => (await world.bob.see(picture.uri)).favourites_count === 1)
  })

  it('a quote is allowed, another refused, the first taken back, the quoted post deleted', async () => {
    const open = await world.bob.post('You may quote me', { quote_approval_policy: 'public' })
    await world.carol.has(open.uri)
    const quoting = await world.alice.quote(open.uri, 'He said:')
    await world.bob.told('quote')
    for (const who of [world.alice, world.bob, world.carol]) await who.seesQuote(quoting.uri, 'accepted')
    await world.agree()
    // Nobody hears of it: what c believes is old when carol quotes.
    const onC = await world.carol.see(open.uri)
    const policyOf = world.b.ctx.db('statuses').where({ id: open.id })
    const { quote_approval_policy: policy } = await policyOf.clone().first()
    await policyOf.clone().update({ quote_approval_policy: 0 })
    const refused = await world.carol.post('Me too:', { quoted_status_id: onC.id })
    await world.carol.seesQuote(refused.uri, 'rejected')
    await policyOf.clone().update({ quote_approval_policy: policy })
    await world.agree()
    await world.bob.api.post(
      `/api/v1/statuses/${open.id}/quotes/${(await world.bob.see(quoting.uri)).id}/revoke`,
    )
    for (const who of [world.alice, world.bob, world.carol]) await who.seesQuote(quoting.uri, 'revoked')
    await world.agree()
    const again = await world.alice.quote(open.uri, 'And again:')
    for (const who of [world.alice, world.bob, world.carol]) await who.seesQuote(again.uri, 'accepted')
    await world.bob.api.delete(`/api/v1/statuses/${open.id}`)
    for (const who of [world.alice, world.carol]) await who.lost(open.uri)
  })

  it('a poll is voted in, counted everywhere, and ends', async () => {
    const poll = { options: ['Tea', 'Coffee', 'Milk'], expires_in: 3600, multiple: true }
    const asked = await world.bob.post('Tea or coffee?', { poll })
    for (const who of [world.alice, world.carol]) await who.has(asked.uri)
    const pollOf = async (who: Citizen) => (await who.see(asked.uri)).poll as Poll
    const vote = async (who: Citizen, ...choices: number[]) =>
      who.api.post(`/api/v1/polls/${(await pollOf(who)).id}/votes`, { choices })
    await vote(world.alice, 0, 2)
    await vote(world.carol, 0)
    for (const who of [world.bob, world.alice, world.carol])
      await eventually(`${who.handle} sees the count`, async () => {
        await isQuiet(world.b.ctx)
        const { voters_count: voters, options } = await pollOf(who)
        return voters === 2 && options.map((option) => option.votes_count).join() === '2,0,1'
      })
    await world.agree()
    // Its author could let it end in five minutes at the least.
    await world.b.ctx.db('polls').where({ status_id: asked.id }).update({ expires_at: new Date() })
    await hurryPollEnd(world.b.ctx)
    for (const who of [world.alice, world.carol])
      await eventually(`${who.handle} sees the end`, async () => (await pollOf(who)).expired)
    for (const instance of [world.a, world.c]) await hurryPollEnd(instance.ctx)
    for (const who of [world.bob, world.alice, world.carol]) await who.told('poll')
  })

  it('a poll whose choices change begins anew', async () => {
    const { alice, bob, carol } = world
    const ends = { expires_in: 3600, multiple: false }
    const asked = await bob.post('Now?', { poll: { ...ends, options: ['Yes', 'No'] } })
    const pollOf = async (who: Citizen) => (await who.see(asked.uri)).poll as Poll
    for (const who of [alice, carol]) {
      await who.has(asked.uri)
      await who.api.post(`/api/v1/polls/${(await pollOf(who)).id}/votes`, { choices: [0] })
    }
    await world.agree()
    await bob.api.put(`/api/v1/statuses/${asked.id}`, {
      status: 'Now or later?',
      poll: { ...ends, options: ['Now', 'Later', 'Never'] },
    })
    for (const who of [alice, carol])
      await eventually(`${who.handle} may vote again`, async () => {
        const { voted, votes_count: votes, options } = await pollOf(who)
        return !voted && votes === 0 && options.length === 3
      })
    await carol.api.post(`/api/v1/polls/${(await pollOf(carol)).id}/votes`, { choices: [2] })
  })

  it('edits go everywhere, and nobody is named any more', async () => {
    const edit = (status: string, description: string) =>
      world.bob.api.put(`/api/v1/statuses/${picture.id}`, {
        status,
        spoiler_text: '',
        language: 'en',
        media_ids: picture.media_attachments.map((media) => media.id),
        media_attributes: [{ id: picture.media_attachments[0]?.id, description }],
      })
    await edit(`Look, ${world.carol.handle}: #Terns over the sea`, 'terns')
    for (const who of [world.alice, world.carol])
      await eventually(`${who.handle} sees it`, async () =>
        (await who.see(picture.uri)).content?.includes('Terns'),
      )
    await world.agree()
    await edit('Look: #Skuas over the sea', 'skuas')
    for (const who of [world.alice, world.carol])
      await eventually(`${who.handle} sees it`, async () =>
        (await who.see(picture.uri)).content?.includes('Skuas'),
      )
    for (const who of [world.alice, world.carol]) {
      const { id } = await who.see(picture.uri)
      expect(await who.api.get<unknown[]>(`/api/v1/statuses/${id}/history`)).toHaveLength(3)
    }
  })

  it('what is featured shows everywhere, until it is not', async () => {
    const features = async (who: Citizen) => {
      const id = await who.idOf(world.bob)
      const pinned = await who.api.get<Status[]>(`/api/v1/accounts/${id}/statuses?pinned=true`)
      const tags = await who.api.get<{ name: string }[]>(`/api/v1/accounts/${id}/featured_tags`)
      return pinned.length + tags.length
    }
    await world.bob.api.post(`/api/v1/statuses/${picture.id}/pin`)
    await world.bob.api.post('/api/v1/tags/skuas/feature')
    for (const who of [world.alice, world.carol])
      await eventually(`${who.handle} sees both`, async () => (await features(who)) === 2)
    await world.agree()
    await world.bob.api.post(`/api/v1/statuses/${picture.id}/unpin`)
    await world.bob.api.post('/api/v1/tags/skuas/unfeature')
    for (const who of [world.alice, world.carol])
      await eventually(`${who.handle} sees none`, async () => (await features(who)) === 0)
  })

  it('a deleted post goes with its boosts and leaves its answers', async () => {
    await world.bob.api.delete(`/api/v1/statuses/${picture.id}`)
    for (const who of [world.alice, world.carol]) await who.lost(picture.uri)
    await world.carol.has(reply.uri)
    const [boost] = await world.c.ctx
      .db('statuses')
      .where({ account_id: world.carol.id, deleted_at: null })
      .whereNotNull('reblog_of_id')
    expect(boost).toBeUndefined()
  })
}
