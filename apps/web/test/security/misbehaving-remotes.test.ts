import dns from 'node:dns'
import net from 'node:net'
import { gzipSync } from 'node:zlib'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { useFederation } from '@anancus/core/testing/federation'
import {
  activity,
  type Answer,
  type Remote,
  type RemoteActor,
  redirect,
  reply,
} from '@anancus/core/testing/remote'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'
import { drainAll, postToInbox, setTrap, type Trap } from './support.ts'

/** What other servers answer when they are asked, looked at by what a reader of ours is shown. */
const world = useFederation(['e', 'v'])
const AP = 'application/activity+json'
const MEGABYTE = 1024 * 1024
let web: TestWeb
let trap: Trap
let api: TestClient
let evil: Remote
let honest: Remote
let mallory: RemoteActor
let victim: RemoteActor

beforeAll(async () => {
  trap = await setTrap()
  web = await startWeb(world.ctx)
})
afterAll(async () => {
  await web.close()
  await trap.close()
})
beforeEach(async () => {
  api = web.as(await world.make.token({ user: world.alice.user }))
  evil = world.host('e')
  honest = world.host('v')
  mallory = evil.actor('mallory')
  victim = honest.actor('victim')
})
afterEach(() => jest.restoreAllMocks())

const found = async (q: string) => {
  const { status, body } = await api.get(`/api/v2/search?${new URLSearchParams({ q, resolve: 'true' })}`)
  expect(status).toBe(200)
  return body as { accounts: Record<string, unknown>[]; statuses: Record<string, unknown>[] }
}
const statusesFor = async (q: string) => (await found(q)).statuses
const accountsFor = async (q: string) => (await found(q)).accounts
const remoteAccounts = () =>
  world.ctx.db('accounts').whereNotNull('domain').select('uri', 'username', 'domain')

describe('documents that claim to be another’s', () => {
  it('SEC-ORG-01 a profile under another’s id shows that other one, as its own server has it', async () => {
    evil.serve('/a', { ...mallory.document, id: victim.uri, name: 'Forged', inbox: evil.url('/steal') })
    for (const account of await accountsFor(evil.url('/a'))) expect(account.display_name).toBe('victim')
    await drainQueues(world.ctx)
    const row = await world.accountOf(victim)
    expect([undefined, victim.inbox]).toContain(row?.inbox_url)
    expect(JSON.stringify(await accountsFor(victim.handle))).not.toContain('Forged')
  })

  it('SEC-ORG-01 a post under another’s id shows that other one, as its own server has it', async () => {
    const note = honest.note(victim)
    evil.serve('/a', { ...note, content: '<p>Forged</p>' })
    for (const status of await statusesFor(evil.url('/a')))
      expect(status).toMatchObject({ uri: note.id, content: note.content })
  })

  it.each([
    'text/plain',
    'application/json',
    'text/html',
    'application/octet-stream',
    'application/ld+json',
    '',
  ])('SEC-ORG-02 what is served as %j is no document', async (type) => {
    const note = honest.note(victim)
    const answer = reply({ type, body: note })
    honest.serve(new URL(note.id).pathname, answer)
    honest.serve('/media/x', answer)
    expect(await statusesFor(note.id)).toEqual([])
    expect(await statusesFor(honest.url('/media/x'))).toEqual([])
  })

  it.each([
    AP,
    `${AP}; charset=utf-8`,
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
  ])('SEC-ORG-02 what is served as %j is one', async (type) => {
    const note = honest.note(victim)
    honest.serve(new URL(note.id).pathname, reply({ type, body: note }))
    expect(await statusesFor(note.id)).toMatchObject([{ uri: note.id }])
  })

  it('SEC-ORG-12 an id is the authority, a url is not', async () => {
    const note = evil.note(mallory, { url: honest.url('/page') })
    expect(await statusesFor(note.id)).toMatchObject([{ uri: note.id, url: note.id }])
    evil.serve('/swapped', {
      ...evil.note(mallory),
      id: honest.url('/not-there'),
      url: evil.url('/swapped'),
    })
    expect(await statusesFor(evil.url('/swapped'))).toEqual([])
  })

  it('SEC-ORG-13 a redirect lends nobody another’s name', async () => {
    const claimed = honest.url('/obj')
    evil.serve('/obj', { ...honest.note(victim, { id: claimed }), content: '<p>Forged</p>' })
    honest.serve('/obj', redirect(evil.url('/obj')))
    expect(await statusesFor(claimed)).toEqual([])
    expect(await world.count('statuses')).toBe(0)
  })

  it('SEC-ORG-13 a file of ours is no document, whoever names it', async () => {
    const upload = `${world.ctx.config.baseUrl}/system/media_attachments/files/1/original/x.json`
    evil.serve('/x', { ...evil.note(mallory), id: upload })
    expect(await statusesFor(upload)).toEqual([])
    expect(await statusesFor(evil.url('/x'))).toEqual([])
    expect(await world.count('statuses')).toBe(0)
  })

  it('SEC-SIG-05 an actor whose address leads to another’s document is nobody', async () => {
    honest.serve('/users/victim', redirect(mallory.uri))
    expect(await accountsFor(victim.uri)).not.toContainEqual(expect.objectContaining({ uri: victim.uri }))
    expect(await world.accountOf(victim)).toBeUndefined()
  })
})

describe('names that claim to be another’s', () => {
  it.each(['alice@s.te/st', 'alice@social.test.', 'alice@social。test', 'alice@ｓocial.test'])(
    'SEC-ORG-05 %s is not alice',
    async (handle) => {
      const acct = new URLSearchParams({ acct: handle })
      expect((await api.get(`/api/v1/accounts/lookup?${acct}`)).status).toBe(404)
      const resource = new URLSearchParams({ resource: `acct:${handle}` })
      expect((await web.get(`/.well-known/webfinger?${resource}`)).status).toBe(404)
    },
  )

  it('SEC-ORG-14 a name counts only where both sides say it', async () => {
    evil.webfinger(`victim@${evil.host}`, victim.uri)
    for (const account of await accountsFor(`victim@${evil.host}`))
      expect(account).toMatchObject({ acct: victim.handle })
    evil.webfinger(mallory.handle, mallory.uri, `root@${honest.host}`)
    expect(await accountsFor(mallory.handle)).toEqual([])
    const domains = (await remoteAccounts()).map(({ uri, domain }) => [uri, domain])
    for (const [uri, domain] of domains) expect(new URL(uri).host).toBe(domain)
  })

  it('SEC-ORG-15 aliases are no names', async () => {
    const body = {
      subject: `acct:${mallory.handle}`,
      aliases: [`acct:root@${honest.host}`],
      links: [{ rel: 'self', type: AP, href: mallory.uri }],
    }
    evil.serve('/.well-known/webfinger', reply({ type: 'application/jrd+json', body }))
    expect(await accountsFor(mallory.handle)).toMatchObject([{ acct: mallory.handle }])
    expect(await accountsFor(`root@${honest.host}`)).toEqual([])
  })

  it('SEC-ORG-22 twenty questions at once, in several spellings, make one account', async () => {
    honest.serve('/@victim', redirect(victim.uri))
    const ways = [victim.handle, victim.handle.toUpperCase(), victim.uri, `@${victim.handle}`]
    await Promise.all(Array.from({ length: 20 }, (_, n) => found(ways[n % ways.length] as string)))
    expect(await remoteAccounts()).toMatchObject([{ uri: victim.uri, domain: honest.host }])
  })
})

describe('answers that lead elsewhere', () => {
  it('SEC-SSRF-04 SEC-SSRF-16 a redirect carries no signature that was meant for another host', async () => {
    const note = honest.note(victim)
    evil.serve('/from', redirect(note.id))
    await statusesFor(evil.url('/from'))
    const signatureAt = (remote: Remote, path: string) =>
      remote.requests.find((request) => request.path === path)?.headers.signature
    const first = String(signatureAt(evil, '/from'))
    const second = String(signatureAt(honest, new URL(note.id).pathname))
    expect(first).toMatch(/headers="[^"]*host[^"]*"/)
    expect(second).toMatch(/headers="[^"]*host[^"]*"/)
    expect(second).not.toBe(first)
  })

  it.each([301, 302, 303, 307, 308])('SEC-SSRF-04 a %d to this machine is not followed', async (status) => {
    const before = trap.connections
    evil.serve('/from', redirect(`http://127.0.0.1:${trap.port}/`, status))
    expect(await statusesFor(evil.url('/from'))).toEqual([])
    evil.serve('/users/mallory', redirect(`http://localhost:${trap.port}/`, status))
    await postToInbox(world.ctx, web, mallory, activity(mallory, 'Like', world.uriOf(world.alice.account)))
    await drainAll(world.ctx)
    expect(trap.connections).toBe(before)
  })

  it.each(['/.well-known/webfinger', 'http://e.localhost/x', 'gopher://e.localhost/', 'file:///etc/passwd'])(
    'SEC-SSRF-06 WebFinger that answers with %s ends after a few steps',
    async (to) => {
      evil.serve('/.well-known/webfinger', redirect(to))
      expect(await accountsFor(mallory.handle)).toEqual([])
      const asked = evil.requests.filter(({ path }) => path.startsWith('/.well-known/webfinger'))
      expect(asked.length).toBeLessThanOrEqual(5)
    },
  )

  it('SEC-DOS-07 pages that name each other, and redirects between them, end after a few steps', async () => {
    const page = (href: string) =>
      reply({ type: 'text/html', body: `<link rel="alternate" type="${AP}" href="${href}">` })
    evil.serve('/a', page(honest.url('/b')))
    honest.serve('/b', page(evil.url('/c')))
    evil.serve('/c', redirect(honest.url('/d')))
    honest.serve('/d', redirect(evil.url('/a')))
    expect(await statusesFor(evil.url('/a'))).toEqual([])
    expect(evil.requests.length + honest.requests.length).toBeLessThanOrEqual(10)
  })

  it.each([
    (port: number) => `http://e.test\\@127.0.0.1:${port}/`,
    (port: number) => `http://127.0.0.1:${port}#@e.test/`,
    (port: number) => `http://e.test%2f@127.0.0.1:${port}/`,
    (port: number) => `http://0x7f.1:${port}/`,
    (port: number) => `http://2130706433:${port}/`,
    (port: number) => `http://127。0。0。1:${port}/`,
    (port: number) => `http://12\t7.0.0.1:${port}/`,
    (port: number) => `http://user:secret@localhost:${port}/`,
    (port: number) => `http://[::ffff:127.0.0.1]:${port}/`,
  ])(
    'SEC-SSRF-01 SEC-SSRF-10 an address written so that two readers differ leads nowhere (%#)',
    async (write) => {
      const before = trap.connections
      expect(await statusesFor(write(trap.port))).toEqual([])
      evil.webfinger(mallory.handle, write(trap.port))
      await found(mallory.handle)
      expect(trap.connections).toBe(before)
    },
  )
})

describe('names that resolve to this machine', () => {
  /** Lets `rebind.test` resolve to these, one after the other; nobody is connected to but this machine. */
  function resolving(...answers: string[][]) {
    const tried: string[] = []
    const { lookup } = dns
    const { connect } = net
    let count = 0
    jest.spyOn(dns, 'lookup').mockImplementation(((...parts: Parameters<typeof lookup>) => {
      if (parts[0] !== 'rebind.test') return lookup(...parts)
      const addresses = answers[Math.min(count++, answers.length - 1)] ?? []
      const done = parts.at(-1) as unknown as (error: null, found: object[]) => void
      done(
        null,
        addresses.map((address) => ({ address, family: net.isIP(address) })),
      )
    }) as never)
    jest.spyOn(net, 'connect').mockImplementation(((options: net.TcpNetConnectOpts, ...rest: never[]) => {
      if (options.host !== 'rebind.test' && !answers.flat().includes(options.host ?? ''))
        return (connect as (...parts: unknown[]) => net.Socket)(options, ...rest)
      options.lookup?.(
        options.host ?? '',
        { all: true } as never,
        ((_error: unknown, list: unknown) => {
          tried.push(...(list as { address: string }[]).map(({ address }) => address))
        }) as never,
      )
      throw new Error('Far enough.')
    }) as never)
    return tried
  }

  it.each([
    [[['127.0.0.1']]],
    [[['127.0.0.1', '::1', '10.0.0.1', '169.254.169.254']]],
    [[['::ffff:127.0.0.1']]],
    [[['0.0.0.0']]],
  ])('SEC-SSRF-02 SEC-SSRF-12 are not connected to: %j', async (answers) => {
    const before = trap.connections
    const tried = resolving(...answers)
    expect(await statusesFor(`http://rebind.test:${trap.port}/x`)).toEqual([])
    expect([tried, trap.connections]).toEqual([[], before])
  })

  it('SEC-SSRF-02 SEC-SSRF-12 nor when the second answer differs, or stands beside a public address', async () => {
    const before = trap.connections
    const tried = resolving(['93.184.216.34', '127.0.0.1', '::1'], ['127.0.0.1'])
    await statusesFor(`http://rebind.test:${trap.port}/x`)
    for (const address of tried) expect(address).toBe('93.184.216.34')
    expect(tried.length).toBeGreaterThan(0)
    expect(trap.connections).toBe(before)
  })
})

describe('SEC-DOS-06 bodies', () => {
  const endless: Answer = (_request, response) => {
    response.writeHead(200, { 'content-type': AP })
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
    }
    response.on('drain', pour)
    response.on('error', () => {}) // cut off, as it should be
    pour()
    return undefined
  }
  const bomb = gzipSync(Buffer.alloc(100 * MEGABYTE, ' '))
  const BODIES: [string, Answer][] = [
    ['without end', endless],
    ['that unpack to a hundred megabytes', reply({ headers: { 'content-encoding': 'gzip' }, body: bomb })],
    ['that are no gzip', reply({ headers: { 'content-encoding': 'gzip' }, body: 'no' })],
    ['in an encoding nobody knows', reply({ headers: { 'content-encoding': 'x' }, body: 'no' })],
    ['cut off', reply({ headers: { 'content-length': '99' }, body: '{"id":' })],
    ['of JSON a hundred thousand deep', reply({ body: '['.repeat(100_000) })],
    ['that are no JSON', reply({ body: 'Hello' })],
    ['that are a list', reply({ body: '[]' })],
  ]

  /** One that is cut off must be ended by its server. */
  const served = (answer: Answer, name: string): Answer =>
    name === 'cut off'
      ? (_request, response) => {
          response.writeHead(200, { 'content-type': AP, 'content-length': '99' })
          response.write('{"id":', () => response.destroy())
          return undefined
        }
      : answer

  it.each(BODIES)('%s, of documents, keys and WebFinger, do no harm', async (name, answer) => {
    const before = process.memoryUsage().arrayBuffers
    for (const path of ['/note', '/users/mallory', '/.well-known/webfinger'])
      evil.serve(path, served(answer, name))
    expect(await statusesFor(evil.url('/note'))).toEqual([])
    expect(await accountsFor(mallory.handle)).toEqual([])
    const like = activity(mallory, 'Like', world.uriOf(world.alice.account))
    expect((await postToInbox(world.ctx, web, mallory, like)).status).toBe(202)
    await drainAll(world.ctx)
    expect(await remoteAccounts()).toEqual([])
    const asked = evil.requests.map(({ path }) => path.split('?', 1)[0])
    expect(new Set(asked)).toEqual(new Set(['/note', '/.well-known/webfinger', '/users/mallory']))
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * MEGABYTE)
    expect((await web.get('/health')).status).toBe(200)
  })
})
