import type { AccountRow } from '@anancus/db'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { redirect, reply, type Remote } from '../../../testing/remote.ts'
import { accountJson } from '../../entities/index.ts'
import { loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { resolveAccountByUri, updateProfile, verifyLinks } from './index.ts'

const world = useFederation(['far', 'blog'])
let blog: Remote
/** The pages are named by https; the fake servers speak plain HTTP. */
let ctx: Ctx

beforeEach(() => {
  blog = world.host('blog')
  const { http } = world.ctx
  ctx = {
    ...world.ctx,
    http: {
      request: (request) =>
        http.request({ ...request, url: String(request.url).replace(/^https:/, 'http:') }),
      close: () => http.close(),
    },
  }
})

const secure = (path: string) => blog.url(path).replace(/^http:/, 'https:')
const page = (html: string) => reply({ type: 'text/html', body: `<html><body>${html}</body></html>` })
const profile = () => `${ctx.config.baseUrl}/@alice`
const field = (value: string) => ({ name: 'Page', value })

async function fieldsAfter(account: AccountRow) {
  await verifyLinks(ctx, { accountId: account.id })
  return accountJson(await loadGraph(ctx, null, { accounts: [account.id] }), account.id).fields
}

describe('a page that a profile names', () => {
  it('is proven when it links back, and stays so while the profile names it', async () => {
    blog.serve('/me', page(`<a rel="me" href="${profile().toUpperCase()}">me</a>`))
    blog.serve('/other', page(`<a href="${profile()}">a friend</a>`))
    const said = [field(secure('/me')), field(secure('/other')), field('she/her')]
    const alice = await updateProfile(ctx, world.alice.account, { fields: said })
    expect((await peekQueues(ctx)).map((job) => job.name)).toContain('accounts.verify_links')
    const [me, other, words] = await fieldsAfter(alice)
    expect(Date.parse(me?.verified_at ?? '')).toBeGreaterThan(0)
    expect([other?.verified_at, words?.verified_at]).toEqual([null, null])
    const again = await updateProfile(ctx, { ...alice, ...(await row(alice)) }, { fields: said.slice(0, 1) })
    expect(again.fields).toMatchObject([{ verified_at: expect.any(String) }])
  })

  it('is asked for again only while something is not proven', async () => {
    blog.serve('/me', page(`<link rel="me" href="${profile()}">`))
    const alice = await updateProfile(ctx, world.alice.account, { fields: [field(secure('/me'))] })
    await fieldsAfter(alice)
    blog.requests.length = 0
    await fieldsAfter(alice)
    expect(blog.requests).toEqual([])
  })

  it('may lead back by one redirect of its first link', async () => {
    blog.serve('/me', page(`<a rel="me" href="${secure('/out')}">me</a>`))
    blog.serve('/out', redirect(profile()))
    const alice = await updateProfile(ctx, world.alice.account, { fields: [field(secure('/me'))] })
    expect((await fieldsAfter(alice))[0]?.verified_at).not.toBeNull()
    expect(blog.requests.at(-1)).toMatchObject({ method: 'HEAD', path: '/out' })
  })

  it('proves nothing where it is not to be had, or leads back by more steps', async () => {
    blog.serve('/me', page(`<a rel="me" href="${secure('/out')}">me</a>`))
    blog.serve('/out', redirect(secure('/further')))
    blog.serve('/further', redirect(profile()))
    blog.serve('/broken', reply({ status: 500, type: 'text/html', body: `<a rel="me" href="${profile()}">` }))
    const said = [field(secure('/me')), field(secure('/broken'))]
    const alice = await updateProfile(ctx, world.alice.account, { fields: said })
    expect((await fieldsAfter(alice)).map((shown) => shown.verified_at)).toEqual([null, null])
  })

  it('SEC-ORG-11 of another server is shown in our own words once it is proven', async () => {
    const carol = world.host('far').actor('carol')
    const anchor = (url: string) =>
      `<a href="${url}" title="x"><span class="invisible">https://</span>${url.slice(8)}</a>`
    carol.document.attachment = [
      { type: 'PropertyValue', name: 'Page', value: anchor(secure('/me')) },
      { type: 'PropertyValue', name: 'Bank', value: `<a href="${secure('/me')}">https://bank.example</a>` },
    ]
    blog.serve('/me', page(`<a rel="me" href="${String(carol.document.url)}">me</a>`))
    const account = await resolveAccountByUri(ctx, carol.uri)
    await drainQueues(ctx, { ignore: ['accounts.verify_links'] })
    const [shown, spoofed] = await fieldsAfter(account as AccountRow)
    expect(shown?.verified_at).not.toBeNull()
    expect(shown?.value).toMatch(/^<a href="https:\/\/blog[^"]*\/me" .*rel="[^"]*\bme\b/)
    expect(spoofed?.verified_at).toBeNull()
    await resolveAccountByUri(ctx, carol.uri, { fresh: true })
    expect((await row(account as AccountRow)).fields).toMatchObject([{ verified_at: expect.any(String) }, {}])
  })
})

async function row(account: AccountRow): Promise<AccountRow> {
  return world.ctx.db<AccountRow>('accounts').where({ id: account.id }).first() as Promise<AccountRow>
}
