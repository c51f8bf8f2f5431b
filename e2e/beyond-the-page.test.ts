import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Status } from '@anancus/core/entities/types'
import { type PushDevice, type PushService, startPushService } from '@anancus/core/testing/push-service'
import {
  LIBRE_KEY,
  startTranslationServices,
  type TranslationServices,
} from '@anancus/core/testing/translation-services'
import type { BrowserContext, Page } from 'playwright-core'
import { hasChromium, openBrowser } from './support/browser.ts'
import { createInstance, type Instance, type Ports, pickPorts } from './support/instance.ts'
import { createPerson, type Person } from './support/people.ts'
import { rest } from './support/rest.ts'
import { signIn } from './support/sign-in.ts'
import { eventually } from './support/wait.ts'

/** What leaves the page: pushes, translations, posts on other sites, and files. One browser goes through all of it. */

const describeWithBrowser = hasChromium ? describe : describe.skip

describeWithBrowser('in a browser', () => {
  let ports: Ports
  let instance: Instance
  let service: PushService
  let device: PushDevice
  let services: TranslationServices
  let alice: Person
  let bob: Person
  let browser: { context: BrowserContext; close(): Promise<void> }
  let page: Page

  beforeAll(async () => {
    service = await startPushService()
    device = service.device()
    services = await startTranslationServices()
    ports = await pickPorts()
    instance = await createInstance({
      name: 'beyond',
      ports,
      neighbours: [service.env.ALLOWED_PRIVATE_HOSTS],
      env: { LIBRE_TRANSLATE_ENDPOINT: services.libreTranslateUrl, LIBRE_TRANSLATE_API_KEY: LIBRE_KEY },
    })
    await instance.start()
    alice = await createPerson(instance, 'alice')
    bob = await createPerson(instance, 'bob')
    browser = await openBrowser()
    page = await browser.context.newPage()
    await browser.context.grantPermissions(['notifications'], { origin: instance.baseUrl })
    await page.addInitScript({ content: fakePushManager(device.subscription) })
    await signIn(page, instance, alice)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await instance?.close()
    await services?.close()
    await service?.close()
  }, 60_000)

  const post = (person: Person, body: object) =>
    rest(`http://127.0.0.1:${ports.web}`, person.token).post<{ id: string; url: string }>(
      '/api/v1/statuses',
      body,
    )

  it('a picture gets the words and the point its writer gave it, and a sound plays', async () => {
    const api = rest(`http://127.0.0.1:${ports.web}`, alice.token)
    await page.getByRole('button', { name: 'New post' }).first().click()
    const files = page.locator('dialog input[type=file]').first()
    await files.setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-') })
    await page.getByRole('alert').filter({ hasText: 'a.pdf' }).waitFor()
    await files.setInputFiles(join(import.meta.dirname, 'support/picture.png'))
    await page.getByRole('button', { name: 'Add description' }).click({ timeout: 30_000 })
    await page.getByLabel('From left to right').press('Home')
    await page.getByLabel(/^Description for/).fill('a red kettle')
    await page.getByRole('button', { name: 'Save description' }).click()
    await page.getByRole('button', { name: 'Post', exact: true }).click()
    await page.getByRole('button', { name: 'View' }).waitFor()
    const status = await eventually('the post at home', async () =>
      (await api.get<Status[]>('/api/v1/timelines/home?limit=1')).at(0),
    )
    expect(status.media_attachments).toMatchObject([
      { description: 'a red kettle', meta: { focus: { x: -1, y: 0 } } },
    ])

    const form = new FormData()
    form.append('file', new File([silence(3)], 'silence.wav', { type: 'audio/wav' }))
    const sound = await api.post<{ id: string }>('/api/v1/media', form)
    await post(alice, { status: 'the hall before the concert', media_ids: [sound.id] })
    const card = page.getByRole('article').filter({ hasText: 'the hall before' }).first()
    await card.getByRole('button', { name: 'Play', exact: true }).click()
    await card.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    const seek = card.getByRole('slider', { name: 'Position' })
    await eventually('it plays', async () => Number(await seek.inputValue()) > 0)
    await seek.press('k')
    await card.getByRole('button', { name: 'Play', exact: true }).waitFor()
  }, 120_000)

  it('a mention reaches a device that was subscribed in the settings, and shows as a notification', async () => {
    await page.goto(`${instance.baseUrl}/appearance`)
    const box = page.getByLabel('Notify me on this device')
    await box.click()
    await eventually('the switch is on', () => box.isChecked())
    const { id } = await post(bob, { status: '@alice the kettle is on' })
    await eventually('the push', async () => service.pushes.length > 0)
    const [push] = service.pushes
    if (!push) throw new Error('Nothing was pushed.')
    const message = device.read(push)
    expect(message).toMatchObject({
      notification_type: 'mention',
      title: 'bob mentioned you',
      body: '@alice the kettle is on',
    })
    const tell = (data: string) => deliver(browser.context, page, instance.baseUrl, data)
    await tell(JSON.stringify(message))
    expect(await shown(page)).toEqual([
      { title: 'bob mentioned you', body: '@alice the kettle is on', path: `/@bob/${id}` },
    ])
    await tell('no JSON at all')
    expect(await shown(page)).toHaveLength(2)
    expect(await shown(page)).toContainEqual({ title: 'New notification', body: '', path: '/notifications' })
    for (let count = 3; count <= 7; count++)
      await tell(JSON.stringify({ title: `n${count}`, notification_id: count }))
    await eventually('the group', async () =>
      (await shown(page)).some(({ title }) => title === '7 new notifications'),
    )
    expect(await shown(page)).toEqual([{ title: '7 new notifications', body: '', path: '/notifications' }])
  }, 240_000)

  it('a post in another language is translated, and turned back', async () => {
    const { id } = await post(bob, { status: 'Buenas tardes', language: 'es' })
    await page.goto(`${instance.baseUrl}/@bob/${id}`)
    await page.getByRole('button', { name: 'Translate' }).click()
    await page.getByText('[en] Buenas tardes').waitFor()
    await page.getByText('Translated from Spanish by LibreTranslate.').waitFor()
    await page.getByRole('button', { name: 'Show original' }).click()
    await page.getByText('Buenas tardes', { exact: true }).waitFor()
    const { id: own } = await post(bob, { status: 'Good evening', language: 'en' })
    await page.goto(`${instance.baseUrl}/@bob/${own}`)
    await page.getByText('Good evening').waitFor()
    expect(await page.getByRole('button', { name: 'Translate' }).count()).toBe(0)
  }, 60_000)

  it('a post stands in a page of another site, as tall as it is', async () => {
    const { id } = await post(bob, {
      status: 'Seen from **elsewhere**\n\nin a frame',
      spoiler_text: 'Careful',
    })
    await page.goto(`${instance.baseUrl}/@bob/${id}`)
    await page.getByRole('article').getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Embed on another site' }).click()
    const code = await page.getByLabel('Code').inputValue()
    const { server, url } = await serve(`<!doctype html><title>A blog</title><h1>My blog</h1>${code}`)
    try {
      const visitor = await browser.context.newPage()
      await visitor.goto(url)
      const frame = visitor.frameLocator('iframe')
      await frame.getByText('Careful').waitFor()
      const height = async () => (await visitor.locator('iframe').boundingBox())?.height ?? 0
      await eventually('a height', async () => (await height()) > 100)
      const folded = await height()
      await frame.getByText('Careful').click()
      await frame.getByText('in a frame').waitFor()
      await eventually('a larger height', async () => (await height()) > folded)
      expect(await visitor.getByRole('link', { name: /View on/ }).count()).toBe(0)
      await visitor.close()
    } finally {
      server.close()
    }
  }, 60_000)
})

/** A WAV file of nothing to hear, so many seconds of it. */
function silence(seconds: number): Uint8Array<ArrayBuffer> {
  const rate = 8_000
  const file = Buffer.alloc(44 + rate * seconds, 128)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + rate * seconds, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate, 28)
  file.writeUInt16LE(1, 32)
  file.writeUInt16LE(8, 34)
  file.write('data', 36)
  file.writeUInt32LE(rate * seconds, 40)
  return new Uint8Array(file)
}

/** A browser without a push service behind it: what it would be given there, the test gives. */
function fakePushManager(given: PushDevice['subscription']): string {
  const subscription = `{ toJSON: () => (${JSON.stringify(given)}), unsubscribe: async () => true }`
  return `PushManager.prototype.subscribe = async () => (${subscription})`
}

/**
 * Hands a message to the service worker, as the browser does when its push service brings one, and waits until what is
 * shown is another. On a busy machine Chromium gives up waking the worker, and the message is lost: it is handed again.
 */
async function deliver(context: BrowserContext, page: Page, origin: string, data: string): Promise<void> {
  const before = JSON.stringify(await shown(page))
  const isShown = async () => JSON.stringify(await shown(page)) !== before
  for (let attempt = 1; ; attempt++) {
    await handToWorker(context, page, origin, data)
    try {
      await eventually(`"${data}" among the notifications`, isShown, 15_000)
      return
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

async function handToWorker(
  context: BrowserContext,
  page: Page,
  origin: string,
  data: string,
): Promise<void> {
  const session = await context.newCDPSession(page)
  let registrationId: string | undefined
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations.find(({ isDeleted }) => !isDeleted)?.registrationId ?? registrationId
  })
  await session.send('ServiceWorker.enable')
  const known = await eventually('the service worker', async () => registrationId, 15_000)
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId: known, data })
  await session.detach()
}

interface Shown {
  title: string
  body: string
  path: string
}

function shown(page: Page): Promise<Shown[]> {
  return page.evaluate<Shown[]>(`navigator.serviceWorker.getRegistration()
    .then((registration) => registration.getNotifications())
    .then((all) => all.map(({ title, body, data }) => ({ title, body, path: data.path })))`)
}

async function serve(body: string): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(body),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://blog.localhost:${(server.address() as AddressInfo).port}/` }
}
