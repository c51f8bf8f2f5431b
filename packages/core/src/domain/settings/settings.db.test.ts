import { factories } from '@anancus/db/testing/make'
import { countStatements } from '../../../testing/count-statements.ts'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import {
  defaultPrivacyOf,
  getSetting,
  preferencesOf,
  readSettings,
  readWebSettings,
  savePreferences,
  saveSettings,
  saveWebSettings,
} from './index.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

describe('instance settings', () => {
  it('start with their defaults, change at once and cost nothing when cached', async () => {
    expect(await getSetting(ctx, 'registrations_mode')).toBe('none')
    await saveSettings(ctx, { registrations_mode: 'open', min_age: 16, trends: false })
    const { count } = await countStatements(async () => {
      await readSettings(ctx)
      await readSettings(ctx)
    })
    expect(count).toBe(1)
    const settings = await readSettings(ctx)
    expect(settings).toMatchObject({ registrations_mode: 'open', min_age: 16, trends: false, noindex: false })
  })

  it('refuse values of another kind and keep what was', async () => {
    await expect(saveSettings(ctx, { registrations_mode: 'maybe' as 'open', trends: true })).rejects.toThrow(
      'registrations_mode is not a valid setting',
    )
    await expect(saveSettings(ctx, { unknown: 1 } as object)).rejects.toThrow('not a valid setting')
    expect(await getSetting(ctx, 'trends')).toBe(false)
  })

  it('fall back to the default for what cannot be understood', async () => {
    await ctx.db('settings').insert({ var: 'theme', value: '--- :dark' })
    await saveSettings(ctx, { site_title: 'Mine' })
    expect(await getSetting(ctx, 'theme')).toBe('default')
    expect(await getSetting(ctx, 'site_title')).toBe('Mine')
  })
})

describe('preferences', () => {
  it('have defaults, keep foreign keys and refuse other kinds', async () => {
    const { user } = await factories(ctx.db).user({ settings: { 'web.advanced_layout': true, old_key: 1 } })
    expect(preferencesOf(user)).toMatchObject({ 'web.advanced_layout': true, default_quote_policy: 'public' })
    await savePreferences(ctx, user, { default_privacy: 'unlisted' })
    const stored = await ctx.db('users').where('id', user.id).first()
    expect(JSON.parse(stored.settings)).toEqual({
      'web.advanced_layout': true,
      old_key: 1,
      default_privacy: 'unlisted',
    })
    await expect(savePreferences(ctx, user, { theme: 5 as unknown as string })).rejects.toThrow('theme')
  })

  it('derive the default visibility from the lock', () => {
    expect(defaultPrivacyOf({ settings: null }, { locked: true })).toBe('private')
    expect(defaultPrivacyOf({ settings: 'not json' }, { locked: false })).toBe('public')
    expect(defaultPrivacyOf({ settings: '{"default_privacy":"unlisted"}' }, { locked: true })).toBe(
      'unlisted',
    )
  })
})

describe('settings of the web client', () => {
  it('are kept as they came, up to a size', async () => {
    const { user } = await factories(ctx.db).user()
    expect(await readWebSettings(ctx, user)).toBeNull()
    await saveWebSettings(ctx, user, { home: { shows: { reblog: false } } })
    await saveWebSettings(ctx, user, { onboarded: true })
    expect(await readWebSettings(ctx, user)).toEqual({ onboarded: true })
    await expect(saveWebSettings(ctx, user, { x: 'y'.repeat(300_000) })).rejects.toThrow('too large')
  })
})
