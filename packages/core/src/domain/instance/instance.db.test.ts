import { factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { fixedClock, type SettableClock } from '../../kernel/clock.ts'
import { saveSettings } from '../settings/index.ts'
import { starred } from './domain-blocks.ts'
import {
  activeUsers,
  readActivity,
  readCustomEmojis,
  readDomainBlocks,
  readExtendedDescription,
  readInstance,
  readLanguages,
  readPeers,
  readPrivacyPolicy,
  readRules,
  readTerms,
  readV1Instance,
  recordVisit,
} from './index.ts'

let ctx: TestContext
let clock: SettableClock
const make = () => factories(ctx.db)
const DAY = 24 * 3600 * 1000

beforeAll(async () => {
  clock = fixedClock(new Date())
  ctx = await testContext({ clock })
})
afterAll(() => closeTestContext(ctx))

describe('the instance document', () => {
  it('says what this server is', async () => {
    await make().user({ account: { username: 'boss', display_name: 'The Boss' } })
    await saveSettings(ctx, {
      site_title: 'Small Town',
      site_short_description: 'A small town',
      site_contact_username: '@boss',
      site_contact_email: 'boss@example.org',
      registrations_mode: 'approved',
      require_invite_text: true,
      min_age: 16,
      local_live_feed_access: 'authenticated',
    })
    const instance = await readInstance(ctx)
    expect(instance).toMatchObject({
      domain: 'social.test',
      title: 'Small Town',
      version: '4.6.5 (compatible; Anancus 0.1.0)',
      description: 'A small town',
      api_versions: { mastodon: 11 },
      registrations: {
        enabled: true,
        approval_required: true,
        reason_required: true,
        message: null,
        min_age: 16,
        url: null,
      },
      contact: { email: 'boss@example.org', account: { username: 'boss', display_name: 'The Boss' } },
      configuration: {
        urls: {
          streaming: ctx.config.streamingUrl,
          about: 'https://social.test/about',
          terms_of_service: null,
        },
        timelines_access: {
          live_feeds: { local: 'authenticated', remote: 'public' },
          hashtag_feeds: { local: 'public', remote: 'public' },
        },
        translation: { enabled: false },
        limited_federation: false,
      },
      thumbnail: { url: 'https://social.test/preview.png' },
    })
    expect(instance.icon.map(({ size }) => size)).toContain('512x512')
  })

  it('says so and why when nobody can join', async () => {
    await saveSettings(ctx, { registrations_mode: 'none', closed_registrations_message: 'We are **full**.' })
    const { registrations } = await readInstance(ctx)
    expect(registrations).toMatchObject({ enabled: false, message: '<p>We are <strong>full</strong>.</p>' })
    expect(await readV1Instance(ctx)).toMatchObject({ registrations: false, approval_required: false })
  })

  it('has an older form with counts', async () => {
    const { account } = await make().user()
    await make().status({ account })
    await make().remoteAccount({ domain: 'far.test' })
    await ctx.cache.delete('instance:counts')
    const old = await readV1Instance(ctx)
    expect(old).toMatchObject({
      uri: 'social.test',
      email: 'boss@example.org',
      urls: { streaming_api: ctx.config.streamingUrl },
      stats: { user_count: 2, status_count: 1, domain_count: 1 },
      invites_enabled: true,
    })
    expect(Object.keys(old.configuration.media_attachments)).not.toContain('description_limit')
    expect(old.thumbnail).toBe('https://social.test/preview.png')
  })
})

describe('activity', () => {
  it('counts a visitor once a day, and forgets nobody within a month', async () => {
    await recordVisit(ctx, '1')
    await recordVisit(ctx, '1')
    await recordVisit(ctx, '2')
    clock.advance(20 * DAY)
    await recordVisit(ctx, '2')
    await recordVisit(ctx, '3')
    expect(await activeUsers(ctx, 28)).toBe(3)
    expect(await activeUsers(ctx, 7)).toBe(2)
    clock.set(new Date())
  })

  it('has twelve weeks, this one first, numbers as text', async () => {
    const weeks = await readActivity(ctx)
    expect(weeks).toHaveLength(12)
    const [now, before] = weeks
    expect(new Date(Number(now?.week) * 1000).getUTCDay()).toBe(1)
    expect(Number(now?.week) - Number(before?.week)).toBe(7 * 24 * 3600)
    expect(now).toMatchObject({ statuses: '1', registrations: '2', logins: expect.stringMatching(/^\d+$/) })
    expect(before?.statuses).toBe('0')
  })
})

it('lists peers, without those it limits', async () => {
  await make().remoteAccount({ domain: 'bad.test' })
  await ctx.db('domain_blocks').insert({ domain: 'bad.test', severity: 1, public_comment: 'spam' })
  expect(await readPeers(ctx)).toEqual(['far.test'])
})

it('tells of its blocks to whom the administrators choose', async () => {
  await ctx.db('domain_blocks').insert([
    { domain: 'quiet.example.test', severity: 0, obfuscate: true },
    { domain: 'ignored.test', severity: 2 },
  ])
  expect(await readDomainBlocks(ctx, null)).toBeNull()
  await saveSettings(ctx, { show_domain_blocks: 'users' })
  expect(await readDomainBlocks(ctx, null)).toBeNull()
  const viewer = await make().viewer()
  const shown = await readDomainBlocks(ctx, viewer)
  expect(shown?.blocks).toEqual([
    {
      domain: 'quiet.*******.test',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'silence',
      comment: null,
    },
    { domain: 'bad.test', digest: expect.any(String), severity: 'suspend', comment: null },
  ])
  await saveSettings(ctx, { show_domain_blocks: 'all', show_domain_blocks_rationale: 'all' })
  expect((await readDomainBlocks(ctx, null))?.blocks[1]?.comment).toBe('spam')
  expect(starred('a.test')).toBe('a.***t')
})

it('shows rules in order with their translations, without deleted ones', async () => {
  const [second] = await ctx.db('rules').insert({ text: 'Second', priority: 2 }).returning('id')
  await ctx.db('rules').insert([
    { text: 'First', hint: 'h', priority: 1 },
    { text: 'Gone', deleted_at: new Date() },
  ])
  await ctx.db('rule_translations').insert({ rule_id: second.id, language: 'de', text: 'Zweitens', hint: '' })
  expect(await readRules(ctx)).toEqual([
    { id: expect.any(String), text: 'First', hint: 'h', translations: {} },
    { id: second.id, text: 'Second', hint: '', translations: { de: { text: 'Zweitens', hint: '' } } },
  ])
})

it('renders what administrators write, and has a policy before they do', async () => {
  expect(await readExtendedDescription(ctx)).toEqual({ updated_at: null, content: '' })
  await saveSettings(ctx, { site_extended_description: '# Hello' })
  const { updated_at, content } = await readExtendedDescription(ctx)
  expect([updated_at, content]).toEqual([expect.stringMatching(/Z$/), '<h1>Hello</h1>'])
  expect((await readPrivacyPolicy(ctx)).content).toContain('what social.test keeps about you')
  await saveSettings(ctx, { site_terms: 'Mine' })
  expect((await readPrivacyPolicy(ctx)).content).toBe('<p>Mine</p>')
})

it('knows the terms in force and those of a day', async () => {
  await expect(readTerms(ctx)).rejects.toThrow('Record not found')
  const day = (offset: number) => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10)
  await ctx.db('terms_of_services').insert([
    { text: 'Old', effective_date: day(-100), published_at: new Date(Date.now() - 110 * DAY) },
    { text: 'Now for %{domain}', effective_date: day(-1), published_at: new Date(Date.now() - 10 * DAY) },
    { text: 'Soon', effective_date: day(10), published_at: new Date() },
    { text: 'Draft', effective_date: day(20) },
  ])
  expect(await readTerms(ctx)).toEqual({
    effective_date: day(-1),
    effective: true,
    content: '<p>Now for social.test</p>',
    succeeded_by: day(10),
  })
  expect(await readTerms(ctx, day(10))).toMatchObject({ effective: false, succeeded_by: null })
  await expect(readTerms(ctx, day(20))).rejects.toThrow('Record not found')
  await expect(readTerms(ctx, 'nonsense')).rejects.toThrow('Record not found')
})

it('lists emojis that can be picked, and languages with their names', async () => {
  const image = { image_file_name: 'a.png', image_content_type: 'image/png', image_updated_at: new Date() }
  const [category] = await ctx.db('custom_emoji_categories').insert({ name: 'Cats' }).returning('id')
  await ctx.db('custom_emojis').insert([
    { shortcode: 'blobcat', category_id: category.id, ...image },
    { shortcode: 'plain', ...image },
    { shortcode: 'hidden', visible_in_picker: false, ...image },
    { shortcode: 'off', disabled: true, ...image },
    { shortcode: 'foreign', domain: 'far.test', ...image },
  ])
  const emojis = await readCustomEmojis(ctx)
  expect(emojis.map(({ shortcode }) => shortcode)).toEqual(['blobcat', 'plain'])
  expect(emojis[0]).toMatchObject({ category: 'Cats', visible_in_picker: true })
  const languages = readLanguages()
  expect(languages).toContainEqual({ code: 'de', name: 'German', ownName: 'Deutsch' })
  expect(languages.find(({ code }) => code === 'zh-YUE')?.name).toBe('Cantonese')
  expect(languages.length).toBeGreaterThan(180)
})
