import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Account, MediaAttachment, Notification, Status } from '@anancus/core/entities/types'
import type { Locator, Page } from 'playwright-core'
import { hasChromium, openBrowser } from './support/browser.ts'
import { createInstance, domainOf, type Instance, pickPorts } from './support/instance.ts'
import { resolveLocalhostNames } from './support/names.ts'
import { createPerson, type Person } from './support/people.ts'
import { type Rest, rest } from './support/rest.ts'
import { signIn } from './support/sign-in.ts'
import { eventually } from './support/wait.ts'

const LIVE_WITHIN_MS = 2_000
const WARNING = 'a picture of the sea'

const describeWithChromium = hasChromium ? describe : describe.skip

/** alice is at home on A, in a browser; bob is on B, with an app. Nothing between the two but ActivityPub. */
describeWithChromium('two instances and a browser', () => {
  let a: Instance
  let b: Instance
  let alice: Person
  let bob: Person
  let onB: Rest
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let page: Page
  let posted: Status
  let card: Locator

  beforeAll(async () => {
    resolveLocalhostNames()
    const portsA = await pickPorts()
    const portsB = await pickPorts()
    const neighbours = [domainOf('a', portsA), domainOf('b', portsB)]
    a = await createInstance({ name: 'a', ports: portsA, neighbours })
    b = await createInstance({ name: 'b', ports: portsB, neighbours })
    alice = await createPerson(a, 'alice')
    bob = await createPerson(b, 'bob')
    await a.start()
    await b.start()
    onB = rest(b.baseUrl, bob.token)
    browser = await openBrowser()
    page = await browser.context.newPage()
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await a?.close()
    await b?.close()
  })

  it('alice signs in and follows bob from the web page', async () => {
    await signIn(page, a, alice)
    await page.goto(`${a.baseUrl}/search?q=${encodeURIComponent(`@bob@${b.domain}`)}`)
    await page.getByRole('main').getByRole('link', { name: /bob/ }).first().click()
    await page.getByRole('button', { name: 'Follow', exact: true }).click()
    await page.getByRole('button', { name: 'Following' }).waitFor()
    await eventually('bob has the follower', async () => {
      const notifications = await onB.get<Notification[]>('/api/v1/notifications')
      return notifications.some((told) => told.type === 'follow' && told.account.acct === `alice@${a.domain}`)
    })
  }, 180_000)

  it('a post of bob appears in her open page within two seconds', async () => {
    await page.goto(`${a.baseUrl}/home`)
    await page.getByRole('heading', { name: 'Home' }).waitFor()
    await page.evaluate('window.untouched = true')
    await listening(a, alice)
    const media = await upload(b, bob)
    posted = await onB.post<Status>('/api/v1/statuses', {
      status: `@alice@${a.domain} look at this`,
      spoiler_text: WARNING,
      media_ids: [media.id],
    })
    const started = Date.now()
    card = page
      .getByRole('article')
      .filter({ hasText: `@bob@${b.domain}` })
      .first()
    await card.waitFor({ timeout: LIVE_WITHIN_MS })
    expect(Date.now() - started).toBeLessThanOrEqual(LIVE_WITHIN_MS)
    expect(await page.evaluate('window.untouched')).toBe(true)
  }, 180_000)

  it('shows the text and the picture with its description behind the warning', async () => {
    await card.getByRole('button', { name: 'Show more' }).click()
    await card.getByText('look at this').waitFor()
    const picture = card.getByRole('img', { name: 'waves' })
    await picture.waitFor()
    await eventually('the picture is loaded from A', async () =>
      picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth > 0),
    )
    expect(new URL((await picture.getAttribute('src')) ?? '', a.baseUrl).host).toBe(a.domain)
  }, 180_000)

  it('she favourites, reblogs and replies; bob is told', async () => {
    await card.getByRole('button', { name: /^Favourite/ }).click()
    await card.getByRole('button', { name: /^Boost/ }).click()
    await page.getByRole('menuitem', { name: 'Boost' }).click()
    await card.getByRole('button', { name: /^Reply/ }).click()
    const text = page.getByRole('textbox', { name: 'Text of the post' })
    await text.fill(`${await text.inputValue()} what a colour`)
    await page.getByRole('button', { name: 'Post', exact: true }).click()
    await eventually('bob has favourite, reblog and mention', async () => {
      const notifications = await onB.get<Notification[]>('/api/v1/notifications')
      const types = new Set(notifications.map((told) => told.type))
      return (['favourite', 'reblog', 'mention'] as const).every((type) => types.has(type))
    })
    const { descendants } = await onB.get<{ descendants: Status[] }>(`/api/v1/statuses/${posted.id}/context`)
    expect(descendants.map((status) => status.content).join()).toContain('what a colour')
    const counted = await onB.get<Status>(`/api/v1/statuses/${posted.id}`)
    expect(counted).toMatchObject({ favourites_count: 1, reblogs_count: 1, replies_count: 1 })
  }, 180_000)

  it('follows suit when bob edits', async () => {
    await onB.put<Status>(`/api/v1/statuses/${posted.id}`, {
      status: `@alice@${a.domain} look at that`,
      spoiler_text: WARNING,
      media_ids: posted.media_attachments.map((media) => media.id),
    })
    await card.getByText('look at that').waitFor()
  }, 180_000)

  it('follows suit when bob deletes', async () => {
    await onB.delete(`/api/v1/statuses/${posted.id}`)
    await page.getByRole('article').filter({ hasText: 'look at that' }).first().waitFor({ state: 'detached' })
    const me = await rest(a.baseUrl, alice.token).get<Account>('/api/v1/accounts/verify_credentials')
    const left = await rest(a.baseUrl, alice.token).get<Status[]>(`/api/v1/accounts/${me.id}/statuses`)
    expect(left.filter((status) => status.reblog !== null)).toEqual([])
  }, 180_000)
})

/** Waits until the streaming server of an instance says that somebody listens to their home timeline. */
async function listening(instance: Instance, person: Person): Promise<void> {
  const http = instance.streamingUrl.replace(/^ws/, 'http')
  await eventually(`${person.username} listens`, async () => {
    const metrics = await (await fetch(`${http}/metrics`)).text()
    return /connected_channels\{[^}]*channel="user"[^}]*\} [1-9]/.test(metrics)
  })
}

async function upload(instance: Instance, person: Person): Promise<MediaAttachment> {
  const form = new FormData()
  const file = readFileSync(join(import.meta.dirname, 'support/picture.png'))
  form.set('file', new Blob([file], { type: 'image/png' }), 'picture.png')
  form.set('description', 'waves')
  const response = await fetch(`${instance.baseUrl}/api/v2/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}` },
    body: form,
  })
  return (await response.json()) as MediaAttachment
}
