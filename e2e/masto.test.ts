import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient, type mastodon } from 'masto'
import { WebSocket } from 'ws'
import { createInstance, type Instance, pickPorts } from './support/instance.ts'
import { resolveLocalhostNames } from './support/names.ts'
import { createPerson, type Person } from './support/people.ts'
import { eventually } from './support/wait.ts'

const SCOPES = 'read write follow push'

/** masto.js is an independent client: it knows Mastodon's documentation, not us. */
describe('an app built on masto.js', () => {
  let instance: Instance
  let alice: Person
  let client: mastodon.rest.Client

  beforeAll(async () => {
    resolveLocalhostNames()
    instance = await createInstance({ name: 'app', ports: await pickPorts(), neighbours: [] })
    alice = await createPerson(instance, 'alice')
    await instance.start()
  }, 120_000)

  afterAll(async () => instance?.close())

  it('registers itself and signs in', async () => {
    const anonymous = createRestAPIClient({ url: instance.baseUrl })
    const app = await anonymous.v1.apps.create({
      clientName: 'masto test',
      redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes: SCOPES,
    })
    const oauth = createOAuthAPIClient({ url: instance.baseUrl })
    const token = await oauth.token.create({
      clientId: app.clientId ?? '',
      clientSecret: app.clientSecret ?? '',
      redirectUri: 'urn:ietf:wg:oauth:2.0:oob',
      grantType: 'password',
      username: alice.email,
      password: alice.password,
      scope: SCOPES,
    })
    client = createRestAPIClient({ url: instance.baseUrl, accessToken: token.accessToken })
    const me = await client.v1.accounts.verifyCredentials()
    expect(me.acct).toBe('alice')
    const server = await client.v2.instance.fetch()
    expect(server.apiVersions?.mastodon).toBe(11)
  })

  it('uploads an image, posts it and reads it in the home timeline', async () => {
    const file = new Blob([readFileSync(join(import.meta.dirname, 'support/picture.png'))], {
      type: 'image/png',
    })
    const media = await client.v2.media.create({ file, description: 'a small picture' })
    const status = await client.v1.statuses.create({
      status: 'Hello #masto',
      mediaIds: [media.id],
      spoilerText: 'a picture',
      visibility: 'public',
    })
    expect(status.mediaAttachments[0]?.description).toBe('a small picture')
    expect(status.sensitive).toBe(true)
    expect(status.tags.map((tag) => tag.name)).toEqual(['masto'])
    const home = await eventually('the status in the home timeline', async () => {
      const statuses = await client.v1.timelines.home.list()
      return statuses.some((shown) => shown.id === status.id) && statuses
    })
    expect(home[0]?.account.acct).toBe('alice')
    const tagged = await client.v1.timelines.tag.$select('masto').list()
    expect(tagged.map((shown) => shown.id)).toContain(status.id)
  })

  it('pages through its own statuses by the Link header', async () => {
    for (let count = 0; count < 5; count++)
      await client.v1.statuses.create({ status: `page ${count}`, visibility: 'unlisted' })
    const me = await client.v1.accounts.verifyCredentials()
    const texts: string[] = []
    for await (const page of client.v1.accounts.$select(me.id).statuses.list({ limit: 2 }))
      texts.push(...page.map((status) => status.content))
    expect(texts).toHaveLength(6)
    expect(texts[0]).toBe('<p>page 4</p>')
  })

  it('receives what others do by streaming', async () => {
    const bob = await createPerson(instance, 'bob')
    const bobs = createRestAPIClient({ url: instance.baseUrl, accessToken: bob.token })
    const streaming = createStreamingAPIClient({
      streamingApiUrl: instance.streamingUrl,
      accessToken: alice.token,
      implementation: WebSocket,
    })
    const events: mastodon.streaming.Event[] = []
    const subscription = streaming.user.subscribe()
    const listening = (async () => {
      for await (const event of subscription) events.push(event)
    })()
    const bobAccount = await bobs.v1.accounts.verifyCredentials()
    await client.v1.accounts.$select(bobAccount.id).follow()
    await eventually('the subscription', async () => {
      await client.v1.statuses.create({ status: 'Is anybody listening?', visibility: 'unlisted' })
      return events.length > 0
    })
    const status = await bobs.v1.statuses.create({ status: `@alice look`, visibility: 'public' })
    await eventually('the mention as update and as notification', async () => {
      const update = events.some((event) => event.event === 'update' && event.payload.id === status.id)
      const notification = events.some(
        (event) => event.event === 'notification' && event.payload.type === 'mention',
      )
      return update && notification
    })
    await bobs.v1.statuses.$select(status.id).remove()
    await eventually('the deletion', async () =>
      events.some((event) => event.event === 'delete' && event.payload === status.id),
    )
    subscription.unsubscribe()
    streaming.close()
    await expect(listening).resolves.toBeUndefined()
  })

  it('gets a MastoHttpError with our sentence for what is refused', async () => {
    await expect(client.v1.statuses.create({ status: '' })).rejects.toThrow(
      "Validation failed: Text can't be blank",
    )
  })
})
