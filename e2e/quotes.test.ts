import type { Notification, Quote, Status } from '@anancus/core/entities/types'
import type { Page } from 'playwright-core'
import { hasChromium, openBrowser } from './support/browser.ts'
import { createInstance, domainOf, type Instance, pickPorts } from './support/instance.ts'
import { resolveLocalhostNames } from './support/names.ts'
import { createPerson, type Person } from './support/people.ts'
import { type Rest, rest } from './support/rest.ts'
import { signIn } from './support/sign-in.ts'
import { eventually } from './support/wait.ts'

const describeWithChromium = hasChromium ? describe : describe.skip

/** alice, in a browser on A, quotes bob of B: his server is asked, agrees, and takes it back when he does. */
describeWithChromium('a quote between two instances', () => {
  let a: Instance
  let b: Instance
  let alice: Person
  let onA: Rest
  let onB: Rest
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let page: Page
  let posted: Status
  let quoting: Status

  beforeAll(async () => {
    resolveLocalhostNames()
    const portsA = await pickPorts()
    const portsB = await pickPorts()
    const neighbours = [domainOf('qa', portsA), domainOf('qb', portsB)]
    a = await createInstance({ name: 'qa', ports: portsA, neighbours })
    b = await createInstance({ name: 'qb', ports: portsB, neighbours })
    alice = await createPerson(a, 'alice')
    const bob = await createPerson(b, 'bob')
    await a.start()
    await b.start()
    onA = rest(a.baseUrl, alice.token)
    onB = rest(b.baseUrl, bob.token)
    browser = await openBrowser({ width: 1280, height: 1000 })
    page = await browser.context.newPage()
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await a?.close()
    await b?.close()
  })

  const stateOn = async (server: Rest, uri: string) => {
    const { statuses } = await server.get<{ statuses: Status[] }>(
      `/api/v2/search?resolve=true&type=statuses&q=${encodeURIComponent(uri)}`,
    )
    return { status: statuses[0], quote: statuses[0]?.quote as Quote | null | undefined }
  }

  it('alice quotes a post of bob from its menu', async () => {
    posted = await onB.post<Status>('/api/v1/statuses', { status: 'The sea is calm today.' })
    await signIn(page, a, alice)
    const { status } = await stateOn(onA, posted.uri)
    await page.goto(`${a.baseUrl}/@bob@${b.domain}/${status?.id}`)
    const card = page.getByRole('article').filter({ hasText: 'The sea is calm today.' }).first()
    await card.getByRole('button', { name: /^Boost/ }).click()
    await page.getByRole('menuitem', { name: 'Quote' }).click()
    const composer = page.getByRole('dialog', { name: 'Quote' })
    await composer.getByText('The sea is calm today.').waitFor()
    await composer.getByRole('textbox', { name: 'Text of the post' }).fill('Not where I am.')
    await composer.getByRole('button', { name: /^Who can quote it/ }).click()
    await page.getByRole('menuitemradio', { name: 'Followers can quote' }).click()
    await photo(page, 'compose')
    await composer.getByRole('button', { name: 'Post', exact: true }).click()
    await composer.waitFor({ state: 'detached' })
  }, 180_000)

  it('the server of bob agrees: both show the quote, and bob is told', async () => {
    const told = await eventually('bob is told', async () => {
      const notifications = await onB.get<Notification[]>('/api/v1/notifications')
      return notifications.find((one) => one.type === 'quote')
    })
    quoting = told.status as Status
    expect(quoting.quote).toMatchObject({ state: 'accepted', quoted_status: { id: posted.id } })
    const { status } = await eventually('A has the authorisation', async () => {
      const seen = await stateOn(onA, quoting.uri)
      return seen.quote?.state === 'accepted' && seen
    })
    expect(status?.quote_approval.automatic).toEqual(['followers'])
    expect((await onB.get<Status>(`/api/v1/statuses/${posted.id}`)).quotes_count).toBe(1)
    await page.goto(`${a.baseUrl}/home`)
    await page.getByRole('article').getByText('Not where I am.').waitFor()
    await page.getByRole('article').getByText('The sea is calm today.').first().waitFor()
    await photo(page, 'quote')
  }, 180_000)

  it('bob takes it back: it is gone on both', async () => {
    const revoked = await onB.post<Status>(`/api/v1/statuses/${posted.id}/quotes/${quoting.id}/revoke`)
    expect(revoked.quote).toEqual({ state: 'revoked', quoted_status: null })
    await eventually('A knows', async () => (await stateOn(onA, quoting.uri)).quote?.state === 'revoked')
    await page.getByText('The author took their post out of this quote.').waitFor()
  }, 180_000)
})

/** For people who want to see how it looks: a folder in ANANCUS_PHOTOS. */
async function photo(page: Page, name: string): Promise<void> {
  const folder = process.env.ANANCUS_PHOTOS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}
