import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { run } from './support/run.ts'

let ctx: TestContext
let make: Factories
beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
beforeEach(() => resetDatabase(ctx))
afterAll(() => closeTestContext(ctx))

const said = async (line: string) => (await run(ctx, line)).said

describe('ip_blocks', () => {
  it('are made, changed, printed and lifted', async () => {
    expect(await said('ip_blocks add 192.0.2.7/24 2001:db8::/32 nonsense --severity no_access')).toEqual([
      'nonsense is invalid',
      'Added 2, skipped 0, failed 1',
    ])
    expect(await said('ip_blocks add 192.0.2.0/24 --severity sign_up_block')).toEqual([
      '192.0.2.0/24 is already blocked',
      'Added 0, skipped 1, failed 0',
    ])
    expect(await said('ip_blocks export')).toEqual(['192.0.2.0/24', '2001:db8::/32'])
    expect(await said('ip_blocks export --format nginx')).toEqual([
      'deny 192.0.2.0/24;',
      'deny 2001:db8::/32;',
    ])
    expect(await said('ip_blocks add 192.0.2.0/24 --severity sign_up_block -d 60 -c bots --force')).toEqual([
      'Added 1, skipped 0, failed 0',
    ])
    const [rule] = await ctx.db('ip_blocks').where({ severity: 5500 })
    expect(rule).toMatchObject({ comment: 'bots', expires_at: expect.any(Date) })
    expect(await said('ip_blocks export')).toEqual(['2001:db8::/32'])
  })

  it('are lifted in a range, or around an address', async () => {
    await run(ctx, 'ip-blocks add 192.0.2.0/24 198.51.100.1 198.51.100.2 --severity no_access')
    expect(await said('ip-blocks remove 192.0.2.7')).toEqual([
      '192.0.2.7 is not yet blocked',
      'Removed 0, skipped 1',
    ])
    expect(await said('ip-blocks remove 192.0.2.7 --force')).toEqual(['Removed 1, skipped 0'])
    expect(await said('ip-blocks remove 198.51.100.0/24')).toEqual(['Removed 1, skipped 0'])
    expect(await ctx.db('ip_blocks')).toEqual([])
  })

  it.each([
    ['ip_blocks add 192.0.2.1', 'severity'],
    ['ip_blocks add 192.0.2.1 --severity all', 'The severity is one of'],
    ['ip_blocks add --severity no_access', 'No IP(s) given'],
    ['ip_blocks add 192.0.2.1 --severity no_access -d soon', 'a number of seconds'],
    ['ip_blocks remove', 'No IP(s) given'],
    ['ip_blocks export --format xml', 'plain or nginx'],
  ])('%s is refused', async (line, why) => {
    const ran = await run(ctx, line)
    expect(ran.exitCode).toBe(1)
    expect(ran.failed.join()).toContain(why)
    expect(await ctx.db('ip_blocks')).toEqual([])
  })
})

describe('email_domain_blocks', () => {
  it('are made, listed by kind and lifted with their mail servers', async () => {
    expect(await said('email_domain_blocks add Bad.test worse.test')).toEqual(['Added 2, skipped 0'])
    expect(await said('email_domain_blocks add odd.test bad.test --allow-with-approval')).toEqual([
      'bad.test is already blocked.',
      'Added 1, skipped 1',
    ])
    const [bad] = await ctx.db('email_domain_blocks').where({ domain: 'bad.test' })
    await ctx.db('email_domain_blocks').insert({ domain: 'mx.bad.test', parent_id: bad.id })
    expect(await said('email_domain_blocks list')).toEqual([
      'bad.test',
      '  mx.bad.test',
      'odd.test',
      'worse.test',
    ])
    expect(await said('email_domain_blocks list --only-with-approval')).toEqual(['odd.test'])
    expect(await said('email_domain_blocks list --only-blocked')).toEqual([
      'bad.test',
      '  mx.bad.test',
      'worse.test',
    ])
    expect(await said('email_domain_blocks remove bad.test none.test')).toEqual([
      'none.test is not yet blocked.',
      'Removed 2, skipped 1, failed 0',
    ])
    expect(await said('email_domain_blocks list')).toEqual(['odd.test', 'worse.test'])
  })

  it('refuse what is no domain', async () => {
    expect(await run(ctx, 'email_domain_blocks add a_b@c')).toMatchObject({ exitCode: 1 })
    expect(await run(ctx, 'email_domain_blocks add')).toMatchObject({ failed: ['No domain(s) given'] })
  })
})

describe('canonical_email_blocks', () => {
  it('are found and lifted by any spelling of the address', async () => {
    const ada = await make.viewer()
    const { createCanonicalEmailBlock } = await import('@anancus/core/domain/moderation')
    await createCanonicalEmailBlock(ctx, ada, { email: 'zoe@mail.test' })
    expect(await said('canonical_email_blocks find Z.oe+x@mail.test')).toEqual([
      'Z.oe+x@mail.test is blocked',
    ])
    expect(await said('canonical_email_blocks remove zoe@mail.test')).toEqual(['Unblocked zoe@mail.test'])
    expect(await said('canonical_email_blocks remove zoe@mail.test')).toEqual([
      'zoe@mail.test is not blocked',
    ])
    expect(await said('canonical_email_blocks find zoe@mail.test')).toEqual(['zoe@mail.test is not blocked'])
  })
})

describe('domains purge', () => {
  it('erases accounts with all they had here, and nobody else', async () => {
    const { account: alice } = await make.user()
    const dora = await make.remoteAccount({ domain: 'far.test' })
    const eric = await make.remoteAccount({ domain: 'x.far.test' })
    const post = await make.status({ account: alice })
    await make.status({ account: dora, in_reply_to_id: post.id, reply: true })
    await make.media({ account: dora, file_file_name: 'a.png', remote_url: 'https://far.test/a.png' })
    await make.follow({ account: alice, target: dora })
    await make.favourite({ account: dora, status: post })
    await make.customEmoji({ domain: 'far.test', shortcode: 'hey' })
    await ctx.db('domain_blocks').insert({ domain: 'far.test', severity: 0 })
    expect(await said('domains purge far.test --dry-run --purge-domain-blocks')).toEqual([
      'Removed 1 accounts (DRY RUN)',
      'Removed 1 domain blocks (DRY RUN)',
      'Removed 1 custom emojis (DRY RUN)',
    ])
    expect(await ctx.db('accounts').where({ id: dora.id })).toHaveLength(1)
    expect(await said('domains purge far.test --purge-domain-blocks')).toEqual([
      'Removed 1 accounts',
      'Removed 1 domain blocks',
      'Removed 1 custom emojis',
    ])
    expect(await ctx.db('accounts').where({ id: dora.id })).toEqual([])
    expect(await ctx.db('media_attachments')).toEqual([])
    expect(await ctx.db('follows')).toEqual([])
    expect(await ctx.db('favourites')).toEqual([])
    expect((await ctx.db('statuses')).map((row) => row.id)).toEqual([post.id])
    expect(await ctx.db('accounts').where({ id: eric.id })).toHaveLength(1)
    expect(await said('domains purge *.far.test')).toContain('Removed 1 accounts')
    expect(await ctx.db('accounts').whereNotNull('domain')).toEqual([])
  })

  it('takes what lies below, or what the address says, when asked', async () => {
    await make.remoteAccount({ domain: 'far.test' })
    await make.remoteAccount({ domain: 'x.far.test' })
    await make.remoteAccount({ domain: 'handle.test', uri: 'https://host.test/users/eve' })
    expect(await said('domains purge host.test')).toContain('Removed 0 accounts')
    expect(await said('domains purge host.test --by-uri')).toContain('Removed 1 accounts')
    expect(await said('domains purge far.test --include-subdomains -v')).toContain('Removed 2 accounts')
    expect(await ctx.db('accounts').whereNotNull('domain')).toEqual([])
  })

  it('takes all that limited federation does not let in', async () => {
    await make.remoteAccount({ domain: 'good.test' })
    await make.remoteAccount({ domain: 'bad.test' })
    await ctx.db('domain_allows').insert({ domain: 'good.test' })
    expect(await said('domains purge --limited-federation-mode')).toContain('Removed 1 accounts')
    expect(await ctx.db('accounts').whereNotNull('domain')).toMatchObject([{ domain: 'good.test' }])
  })

  it('needs a domain', async () => {
    expect(await run(ctx, 'domains purge')).toMatchObject({ exitCode: 1, failed: ['No domain(s) given'] })
    expect(await run(ctx, 'domains crawl --format xml')).toMatchObject({ exitCode: 1 })
  })
})

describe('domains crawl', () => {
  it('counts what does not answer', async () => {
    const ran = await run(ctx, 'domains crawl nowhere.invalid')
    expect(ran.said[0]).toMatch(/^Visited 1 domains, 1 failed \(\d+s elapsed\)$/)
    expect(ran.said.slice(1)).toEqual([
      'Total servers: 1',
      'Total registered: 0',
      'Total active last week: 0',
      'Total joined last week: 0',
    ])
    expect(await said('domains crawl nowhere.invalid -f json')).toEqual(['{}'])
    await ctx.db('domain_blocks').insert({ domain: 'invalid', severity: 1 })
    expect(await said('domains crawl nowhere.invalid -x -f domains')).toEqual([])
  })
})
