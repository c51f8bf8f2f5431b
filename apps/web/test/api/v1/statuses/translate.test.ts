import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { createHttpClient } from '@anancus/core/kernel/http-client'
import { resetDatabase } from '@anancus/core/testing/reset'
import {
  DEEPL_KEY,
  LIBRE_KEY,
  startTranslationServices,
  type TranslationServices,
} from '@anancus/core/testing/translation-services'
import type { AccountRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../../support/server.ts'

interface House {
  ctx: TestContext
  web: TestWeb
  make: Factories
  api: TestClient
  bob: AccountRow
}

let services: TranslationServices
const houses = {} as Record<'deepl' | 'libre' | 'none', House>

beforeAll(async () => {
  services = await startTranslationServices()
  const libre = {
    LIBRE_TRANSLATE_ENDPOINT: `${services.libreTranslateUrl}/`,
    LIBRE_TRANSLATE_API_KEY: LIBRE_KEY,
  }
  houses.deepl = await house({ ...libre, DEEPL_API_KEY: DEEPL_KEY, DEEPL_PLAN: 'free' })
  houses.libre = await house(libre)
  houses.none = await house({})
})
afterAll(async () => {
  for (const { web, ctx } of Object.values(houses)) {
    await web.close()
    await closeTestContext(ctx)
  }
  await services.close()
})
beforeEach(async () => {
  services.reset()
  for (const each of Object.values(houses)) {
    await resetDatabase(each.ctx)
    await clearRedis(each.ctx)
    const { user } = await each.make.user({ account: { username: 'alice' }, locale: 'en' })
    each.api = each.web.as(await each.make.token({ user, scopes: 'read:statuses' }))
    each.bob = (await each.make.user({ account: { username: 'bob' } })).account
  }
})

async function house(env: Record<string, string>): Promise<House> {
  const ctx = await testContext({ env })
  ctx.http = services.redirectDeepL(createHttpClient(ctx.config))
  const web = await startWeb(ctx)
  return { ctx, web, make: factories(ctx.db), api: web, bob: {} as AccountRow }
}

const translate = (client: TestClient, id: string, json: object = {}) =>
  client.post(`/api/v1/statuses/${id}/translate`, { json })

describe.each([
  ['deepl', 'DeepL.com', 'ES'],
  ['libre', 'LibreTranslate', 'es'],
] as const)('POST /api/v1/statuses/:id/translate with %s', (name, provider, source) => {
  const at = () => houses[name]

  it('translates text, warning, poll and descriptions, and keeps what is no language', async () => {
    const { make, api, bob, ctx } = at()
    await ctx.db('custom_emojis').insert({ shortcode: 'gato', image_file_name: 'gato.png', disabled: false })
    const status = await make.status({
      account: bob,
      language: 'es',
      text: 'Hola :gato: y https://example.org/:gato:/',
      spoiler_text: 'Gatos & <perros> :gato:',
    })
    const poll = await make.poll({ status, options: ['Sí', 'No :gato:'] })
    const media = await make.media({ account: bob, status, description: 'Un <gato>' })
    await make.media({ account: bob, status, description: null })
    const answer = await translate(api, status.id)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      detected_source_language: 'es',
      language: 'en',
      provider,
      spoiler_text: '[en] Gatos & <perros> :gato:',
      poll: { id: poll.id, options: [{ title: '[en] Sí' }, { title: '[en] No :gato:' }] },
      media_attachments: [{ id: media.id, description: '[en] Un <gato>' }],
    })
    expect(answer.body.content).toMatch(/^<p>\[en\] Hola :gato: y <a href="https:\/\/example.org\/:gato:\/"/)
    expect(answer.body.content).not.toContain('<span translate')
    expect(services.asked).toHaveLength(1)
    expect(services.asked[0]).toMatchObject({ source, target: 'en' })
    expect(services.asked[0]?.texts[0]).toContain('Hola <span translate="no">:gato:</span> y')
    expect(services.asked[0]?.texts[0]).toContain('href="https://example.org/:gato:/"')
    expect(services.asked[0]?.texts[1]).toContain('Gatos &amp; &lt;perros&gt;')
  })

  it('says what the service took a text of an unknown language for', async () => {
    const { make, api, bob } = at()
    const status = await make.status({ account: bob, language: null, text: 'Hola' })
    expect((await translate(api, status.id)).body.detected_source_language).toBe('es')
  })

  it('asks once for the same text, again for an edited one and for another language', async () => {
    const { make, api, bob, ctx } = at()
    const status = await make.status({ account: bob, language: 'es', text: 'Hola' })
    await translate(api, status.id)
    await translate(api, status.id)
    expect(services.asked).toHaveLength(1)
    expect((await translate(api, status.id, { lang: 'es' })).status).toBe(403)
    await ctx.db('statuses').where({ id: status.id }).update({ text: 'Hola a todos' })
    expect((await translate(api, status.id)).body.content).toContain('[en] Hola a todos')
    expect(services.asked).toHaveLength(2)
    expect(services.languageRequests).toBe(name === 'deepl' ? 2 : 1)
  })

  it('translates what a reblog shows', async () => {
    const { make, api, bob } = at()
    const status = await make.status({ account: bob, language: 'es', text: 'Hola' })
    const reblog = await make.status({ account: bob, reblogOf: status })
    expect((await translate(api, reblog.id)).body.content).toBe('<p>[en] Hola</p>')
  })

  it('SEC-XSS-03 lets nothing through that a service puts in', async () => {
    const { make, api, bob } = at()
    services.translate = (text) =>
      `${text}<img src=x onerror=alert(1)><script>alert(1)</script><a href="javascript:alert(1)">a</a><span translate="no">:x:</span>`
    const status = await make.status({ account: bob, language: 'es', text: 'Hola', spoiler_text: 'CW' })
    await make.poll({ status, options: ['Sí', 'No'] })
    await make.media({ account: bob, status, description: 'Gato' })
    const { body } = await translate(api, status.id)
    expect(body.content).toMatch(/^<p>Hola<\/p>/)
    expect(JSON.stringify(body)).not.toMatch(/<img|<script|onerror|javascript:|alert\(/)
    expect(body.spoiler_text).toBe('CWa:x:')
    expect(body.poll.options[0].title).toBe('Sía:x:')
    expect(body.media_attachments[0].description).toBe('Gatoa:x:')
  })

  it.each(['private', 'direct'] as const)(
    'does not send a %s status away, though its reader sees it',
    async (visibility) => {
      const { make, bob, web } = at()
      const { user, account } = await make.user()
      await make.follow({ account, target: bob })
      const status = await make.status({
        account: bob,
        visibility,
        mentions: [account],
        language: 'es',
        text: 'Secreto',
      })
      const answer = await translate(web.as(await make.token({ user })), status.id)
      expect([answer.status, answer.body]).toEqual([403, { error: 'This action is not allowed' }])
      expect(services.asked).toEqual([])
    },
  )

  it('translates unlisted ones', async () => {
    const { make, api, bob } = at()
    const status = await make.status({ account: bob, visibility: 'unlisted', language: 'es', text: 'Hola' })
    expect((await translate(api, status.id)).status).toBe(200)
  })

  it.each(['private', 'direct'] as const)(
    'finds no %s status that is hidden (SEC-PRIV-01)',
    async (visibility) => {
      const { make, api, bob, web } = at()
      const status = await make.status({ account: bob, visibility, language: 'es', text: 'Secreto' })
      for (const client of [api, web])
        for (const id of [status.id, '109999999999999999', 'x']) {
          const answer = await translate(client, id)
          expect([answer.status, answer.body]).toEqual([404, { error: 'Not Found' }])
        }
    },
  )

  it('takes the scope and a user (SEC-AUTH-04)', async () => {
    const { make, bob, web } = at()
    const status = await make.status({ account: bob, language: 'es', text: 'Hola' })
    expect((await translate(web, status.id)).status).toBe(401)
    expect((await translate(web.as(await make.token({ scopes: 'read' })), status.id)).status).toBe(422)
    const { user } = await make.user()
    expect((await translate(web.as(await make.token({ user, scopes: 'write' })), status.id)).status).toBe(403)
    expect(services.asked).toEqual([])
  })

  it('refuses a pair of languages the service does not know', async () => {
    const { make, api, bob } = at()
    for (const [language, lang] of [
      ['tlh', 'en'],
      ['es', 'fr'],
    ] as const) {
      const status = await make.status({ account: bob, language, text: 'Hola' })
      const answer = await translate(api, status.id, { lang })
      expect([answer.status, answer.body]).toEqual([403, { error: 'This action is not allowed' }])
    }
  })

  const QUOTA = 'The server-wide usage quota for the translation service has been exceeded.'
  const TOO_MANY = 'There have been too many requests to the translation service recently.'

  it.each<[string, number, string, string]>([
    ['too many requests', 429, '', TOO_MANY],
    ['a quota used up', name === 'deepl' ? 456 : 403, '', QUOTA],
    ['a failure', 500, '', 'Service Unavailable'],
    ['no JSON', 200, '<html>', 'Service Unavailable'],
    ['a list', 200, '[]', 'Service Unavailable'],
    ['too few texts', 200, '{"translations":[],"translatedText":[]}', 'Service Unavailable'],
    ['no texts', 200, '{"translations":[{}],"translatedText":[7]}', 'Service Unavailable'],
    ['a redirect, followed nowhere (SEC-SSRF-08)', 302, '', 'Service Unavailable'],
  ])('answers 503 for %s, and does not remember it', async (_what, status, body, error) => {
    const { make, api, bob } = at()
    const made = await make.status({ account: bob, language: 'es', text: 'Hola' })
    await api.get('/api/v1/instance/translation_languages')
    services.misbehave = (response) =>
      void response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body)
    const answer = await translate(api, made.id)
    expect([answer.status, answer.body]).toEqual([503, { error }])
    services.misbehave = null
    expect((await translate(api, made.id)).status).toBe(200)
  })

  it('shows a picture without words as it is, without asking', async () => {
    const { make, api, bob } = at()
    const status = await make.status({ account: bob, language: 'es', text: '' })
    await make.media({ account: bob, status, description: null })
    expect((await translate(api, status.id)).body).toEqual({
      detected_source_language: 'es',
      language: 'en',
      provider,
      content: '',
      spoiler_text: '',
      poll: null,
      media_attachments: [],
    })
    expect(services.asked).toEqual([])
  })
})

describe('the language asked for', () => {
  it('is the one in the request, the user’s, the browser’s, else the server’s', async () => {
    const { make, bob, web } = houses.deepl
    const status = await make.status({ account: bob, language: 'es', text: 'Hola' })
    const languageFor = async (locale: string | null, json: object, header?: string) => {
      const { user } = await make.user({ locale })
      const client = web.as(await make.token({ user }))
      const headers: Record<string, string> = header ? { 'accept-language': header } : {}
      return (await client.post(`/api/v1/statuses/${status.id}/translate`, { json, headers })).body.language
    }
    expect(await languageFor('ja', { lang: 'de' }, 'pt')).toBe('de')
    expect(await languageFor('ja', { lang: 'klingon' }, 'pt')).toBe('ja')
    expect(await languageFor(null, {}, 'pt-PT, pt;q=0.9')).toBe('pt')
    expect(await languageFor(null, {}, 'pt-BR')).toBe('pt-BR')
    expect(await languageFor(null, {})).toBe('en')
  })
})

describe('GET /api/v1/instance/translation_languages', () => {
  const PATH = '/api/v1/instance/translation_languages'

  it('lists the pairs, und for an unknown source, asked for once a week', async () => {
    const { body } = await houses.deepl.web.get(PATH)
    expect(Object.keys(body).sort()).toEqual(['de', 'en', 'es', 'ja', 'pt', 'und'])
    expect(body.de).toEqual(['en', 'pt', 'en-GB', 'en-US', 'es', 'ja', 'pt-BR'])
    expect(body.und).toContain('de')
    await houses.deepl.web.get(PATH)
    expect(services.languageRequests).toBe(2)
    expect((await houses.libre.web.get(PATH)).body).toEqual({
      de: ['en', 'es'],
      en: ['de', 'es'],
      es: ['en'],
      und: ['de', 'en', 'es'],
    })
  })

  it('is empty, and nothing is translated, without a service', async () => {
    const { make, bob, api, web } = houses.none
    expect((await web.get(PATH)).body).toEqual({})
    const status = await make.status({ account: bob, language: 'es', text: 'Hola' })
    const answer = await translate(api, status.id)
    expect([answer.status, answer.body]).toEqual([404, { error: 'Not Found' }])
    expect(services.asked).toEqual([])
  })

  it('is told in the instance document', async () => {
    const enabled = async ({ web }: House) =>
      (await web.get('/api/v2/instance')).body.configuration.translation
    expect(await enabled(houses.deepl)).toEqual({ enabled: true })
    expect(await enabled(houses.libre)).toEqual({ enabled: true })
    expect(await enabled(houses.none)).toEqual({ enabled: false })
  })
})
