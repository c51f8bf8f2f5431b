import type { AccountRow } from '@anancus/db'
import { deliver } from '../../../testing/deliver.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'

const world = useFederation(['e', 'v'])
const { accountOf, statusAt } = world
const alicesUri = () => world.uriOf(world.alice.account)
let ctx: Ctx
let evil: Remote
let honest: Remote
let mallory: RemoteActor
let victim: RemoteActor

beforeEach(async () => {
  ;({ ctx } = world)
  evil = world.host('e')
  honest = world.host('v')
  mallory = evil.actor('mallory')
  victim = honest.actor('victim')
  await world.followed(mallory)
  await world.followed(victim)
})

describe('what grows without end', () => {
  it('SEC-DOS-10 a thread is climbed to a limit', async () => {
    let count = 0
    const ids: string[] = []
    const endless = (n: number): object => {
      count++
      const id = evil.url(`/n/${n}`)
      ids.push(id)
      evil.serve(`/n/${n + 1}`, () => endless(n + 1))
      return {
        ...evil.note(mallory, { id: 'http://unused.localhost/' }),
        id,
        inReplyTo: evil.url(`/n/${n + 1}`),
      }
    }
    evil.serve('/n/0', () => endless(0))
    await deliver(ctx, mallory, activity(mallory, 'Create', evil.url('/n/0')))
    expect(count).toBeGreaterThan(10)
    expect(count).toBeLessThanOrEqual(60)
  })

  it('SEC-DOS-10 SEC-DOS-16 a note that names thousands makes us ask about few', async () => {
    const tag = Array.from({ length: 5_000 }, (_, n) => ({ type: 'Mention', href: evil.url(`/users/m${n}`) }))
    const note = evil.note(mallory, { tag })
    evil.requests.length = 0
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect(await statusAt(note.id)).toBeDefined()
    expect(evil.requests.length).toBeLessThanOrEqual(100)
  })

  it('SEC-DOS-03 SEC-ORG-04 SEC-XSS-04 SEC-XSS-13 an actor of absurd size and shape is cut to its limits', async () => {
    const many = <T>(count: number, make: (n: number) => T) =>
      Array.from({ length: count }, (_, n) => make(n))
    const big = evil.actor('big', {
      name: 'n'.repeat(50_000),
      summary: 's'.repeat(100_000),
      url: ['javascript:alert(1)', { type: 'Link', href: 'data:text/html,x' }, honest.url('/@victim')],
      outbox: 'file:///etc/passwd',
      followers: {},
      following: 'https:///x',
      featured: 'javascript:alert(1)',
      endpoints: { sharedInbox: ['gopher://x', 'y'] },
      alsoKnownAs: many(2_000, (n) => evil.url(`/${n}`)),
      attributionDomains: ['blog.example', 'https://x.example', {}, 'a/b', 7],
      attachment: many(100, (n) => ({
        type: 'PropertyValue',
        name: `<b>${n}</b>`,
        value: 'v'.repeat(3_000),
      })),
      tag: many(3_000, (n) => ({ type: 'Emoji', name: `:e${n}:`, icon: { url: evil.url('/e.png') } })),
    })
    await deliver(ctx, big, activity(big, 'View', alicesUri()))
    const row = (await accountOf(big)) as AccountRow
    expect(row).toMatchObject({
      url: big.uri,
      outbox_url: '',
      followers_url: '',
      following_url: '',
      featured_collection_url: '',
      shared_inbox_url: '',
      attribution_domains: ['blog.example'],
    })
    expect(row.display_name).toHaveLength(2048)
    expect(row.note).toHaveLength(20_480)
    expect(row.also_known_as).toHaveLength(256)
    const fields = row.fields as { name: string; value: string }[]
    expect(fields).toHaveLength(50)
    expect(fields[0]?.value).toHaveLength(2047)
    expect(await ctx.db('custom_emojis').where({ domain: evil.host }).select()).toHaveLength(200)
  })

  it.each(['javascript:alert(1)', 'file:///etc/passwd', '', {}, 'https:///x', null])(
    'SEC-ORG-04 an actor whose inbox is %j is not stored',
    async (inbox) => {
      const odd = evil.actor('odd', { inbox })
      await deliver(ctx, odd, activity(odd, 'Follow', alicesUri()))
      expect(await accountOf(odd)).toBeUndefined()
    },
  )

  it('SEC-DOS-03 a poll with a hundred thousand options keeps five hundred', async () => {
    const oneOf = Array.from({ length: 12_000 }, (_, n) => ({ name: `${n}` }))
    const note = evil.note(mallory, { type: 'Question', oneOf })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect((await ctx.db('polls').first()).options).toHaveLength(500)
  })

  it('SEC-XSS-04 media and pages of other schemes are left out', async () => {
    const note = evil.note(mallory, {
      url: ['JaVaScRiPt:alert(1)', 'vbscript:x', 'java\tscript:alert(1)'],
      attachment: [
        { type: 'Document', url: 'javascript:alert(1)' },
        { type: 'Document', url: { type: 'Link', href: 'data:text/html,x' } },
        { type: 'Document', url: evil.url('/fine.png'), blurhash: '"><script>' },
      ],
    })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect(await statusAt(note.id)).toMatchObject({ url: note.id })
    expect(await ctx.db('media_attachments').select('remote_url', 'blurhash')).toEqual([
      { remote_url: evil.url('/fine.png'), blurhash: null },
    ])
  })

  it('NUL and halves of characters do not reach the database', async () => {
    const note = evil.note(mallory, { content: '<p>a\u0000b\ud800c</p>', summary: '\u0000' })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect((await statusAt(note.id))?.text).toMatch(/^<p>ab.?c<\/p>$/)
  })
})
