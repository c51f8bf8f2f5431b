import { CONFIGURATION_LIMITS } from '@anancus/core/domain/instance'
import * as interactions from '@anancus/core/domain/interactions'
import * as media from '@anancus/core/domain/media'
import { saveSettings } from '@anancus/core/domain/settings'
import * as statuses from '@anancus/core/domain/statuses'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const SHARED = 'max-age=300, public, stale-while-revalidate=30, stale-if-error=86400'

describe('GET /api/v1|v2/instance', () => {
  it('is the same for everyone, and shared', async () => {
    const { user } = await factories(ctx.db).user()
    const token = await factories(ctx.db).token({ user, scopes: 'push' })
    for (const client of [web, web.as(token), web.as('unknown')]) {
      const answer = await client.get('/api/v2/instance')
      expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('vary')]).toEqual([
        200,
        SHARED,
        'Origin',
      ])
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    const old = await web.get('/api/v1/instance')
    expect(old.body.uri).toBe('social.test')
    expect(old.headers.get('deprecation')).toBe('@1668384000')
  })

  it('promises the limits that the rooms hold', () => {
    expect(CONFIGURATION_LIMITS.statuses.max_characters).toBe(statuses.MAX_STATUS_CHARACTERS)
    expect(CONFIGURATION_LIMITS.statuses.max_media_attachments).toBe(statuses.MAX_STATUS_MEDIA)
    expect(CONFIGURATION_LIMITS.reactions.max_reactions).toBe(interactions.MAX_REACTIONS_OF_ACCOUNT)
    expect(CONFIGURATION_LIMITS.accounts.max_pinned_statuses).toBe(statuses.MAX_PINNED_STATUSES)
    expect(CONFIGURATION_LIMITS.media_attachments.image_size_limit).toBe(media.MAX_IMAGE_BYTES)
    expect(CONFIGURATION_LIMITS.media_attachments.image_matrix_limit).toBe(media.MAX_IMAGE_PIXELS)
    expect(CONFIGURATION_LIMITS.media_attachments.description_limit).toBe(media.MAX_DESCRIPTION_CHARACTERS)
  })

  it('names pictures that are there', async () => {
    const { body } = await web.get('/api/v2/instance')
    const paths = [body.thumbnail.url, ...body.icon.map(({ src }: { src: string }) => src)]
    for (const url of paths) {
      const answer = await web.get(new URL(url).pathname)
      expect([url, answer.status, answer.headers.get('content-type')]).toEqual([url, 200, 'image/png'])
    }
  })
})

describe('the parts of the instance', () => {
  it.each([
    'rules',
    'extended_description',
    'privacy_policy',
    'languages',
    'translation_languages',
    'peers',
    'activity',
  ])('%s is open and shared', async (part) => {
    const answer = await web.get(`/api/v1/instance/${part}`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, SHARED])
  })

  it('terms of service are not found before there are any', async () => {
    for (const path of [
      '/api/v1/instance/terms_of_service',
      '/api/v1/instance/terms_of_service/2026-01-01',
    ]) {
      const answer = await web.get(path)
      expect([answer.status, answer.body]).toEqual([404, { error: 'Record not found' }])
    }
  })

  it('are an empty 404 where the administrators switched them off', async () => {
    await saveSettings(ctx, { peers_api_enabled: false, activity_api_enabled: false })
    for (const part of ['peers', 'activity', 'domain_blocks']) {
      const answer = await web.get(`/api/v1/instance/${part}`)
      expect([answer.status, answer.text]).toEqual([404, ''])
    }
    await saveSettings(ctx, { peers_api_enabled: true, activity_api_enabled: true })
  })

  it('domain blocks are shared for a moment or not at all, by whom they are shown to', async () => {
    await saveSettings(ctx, { show_domain_blocks: 'users' })
    const { user } = await factories(ctx.db).user()
    const token = await factories(ctx.db).token({ user, scopes: 'read' })
    expect((await web.get('/api/v1/instance/domain_blocks')).status).toBe(404)
    const own = await web.as(token).get('/api/v1/instance/domain_blocks')
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    await saveSettings(ctx, { show_domain_blocks: 'all' })
    const everyone = await web.get('/api/v1/instance/domain_blocks')
    expect([everyone.status, everyone.headers.get('cache-control')]).toEqual([200, SHARED])
  })
})

describe('a closed API', () => {
  const closed = (name: 'DISALLOW_UNAUTHENTICATED_API_ACCESS' | 'LIMITED_FEDERATION_MODE') =>
    startWeb({ ...ctx, config: { ...ctx.config, env: { ...ctx.config.env, [name]: true } } })

  it('refuses the anonymous and apps, but what they need to sign up', async () => {
    const other = await closed('DISALLOW_UNAUTHENTICATED_API_ACCESS')
    const app = await factories(ctx.db).token({ scopes: 'read write' })
    for (const client of [other, other.as(app), other.as('unknown')]) {
      const answer = await client.get('/api/v1/timelines/public')
      expect([answer.status, answer.body.error]).toEqual([401, 'This method requires an authenticated user'])
    }
    for (const path of [
      '/api/v1/instance',
      '/api/v2/instance',
      '/api/v1/instance/rules',
      '/api/v1/instance/peers',
    ])
      expect((await other.get(path)).status).toBe(200)
    const made = await other.post('/api/v1/apps', {
      json: { client_name: 'x', redirect_uris: 'https://a.test' },
    })
    expect(made.status).toBe(200)
    const { user } = await factories(ctx.db).user()
    const token = await factories(ctx.db).token({ user })
    expect((await other.as(token).get('/api/v1/timelines/public')).status).toBe(200)
    await other.close()
  })

  it('keeps the parts of the instance to members in a network of its own', async () => {
    const other = await closed('LIMITED_FEDERATION_MODE')
    expect((await other.get('/api/v2/instance')).body.configuration.limited_federation).toBe(true)
    expect((await other.get('/api/v2/instance')).headers.get('cache-control')).toBe('private, no-store')
    expect((await other.get('/api/v1/instance/rules')).status).toBe(401)
    const { user } = await factories(ctx.db).user()
    const token = await factories(ctx.db).token({ user })
    expect((await other.as(token).get('/api/v1/instance/peers')).status).toBe(404)
    await other.close()
  })
})

describe('GET /api/v1/preferences', () => {
  it('says how the user likes things', async () => {
    const { user } = await factories(ctx.db).user({
      account: { locked: true },
      locale: 'de',
      settings: { default_sensitive: true, 'web.display_media': 'hide_all' },
    })
    const token = await factories(ctx.db).token({ user, scopes: 'read:accounts' })
    expect((await web.get('/api/v1/preferences')).status).toBe(401)
    expect((await web.as(token).get('/api/v1/preferences')).body).toEqual({
      'posting:default:visibility': 'private',
      'posting:default:sensitive': true,
      'posting:default:language': 'de',
      'posting:default:quote_policy': 'public',
      'reading:expand:media': 'hide_all',
      'reading:expand:spoilers': false,
      'reading:autoplay:gifs': false,
    })
  })
})

it('GET /api/v1/custom_emojis is open and shared', async () => {
  const answer = await web.get('/api/v1/custom_emojis')
  expect([answer.status, answer.body, answer.headers.get('cache-control')]).toEqual([200, [], SHARED])
})
