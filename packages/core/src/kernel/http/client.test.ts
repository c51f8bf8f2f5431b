import dns from 'node:dns'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import zlib from 'node:zlib'
import { loadConfig } from '../config.ts'
import type { RemoteServerError } from '../errors.ts'
import type { HttpClient, OutgoingRequest } from '../http-client.ts'
import { createHttpClient } from './client.ts'

let server: Server
let port: number
let answer: RequestListener
let seen: { host: string | undefined; url: string | undefined; headers: Record<string, unknown> }[]
const clients: HttpClient[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ host: request.headers.host, url: request.url, headers: request.headers })
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()))
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  seen = []
  answer = (_request, response) => response.end('ok')
})
afterEach(() => jest.restoreAllMocks())

function client(env: Record<string, string> = {}): HttpClient {
  const made = createHttpClient(
    loadConfig({
      NODE_ENV: 'test',
      LOCAL_DOMAIN: 'social.test',
      LOCAL_HTTPS: 'true',
      ALLOWED_PRIVATE_HOSTS: `a.localhost:${port} b.localhost:${port}`,
      ...env,
    }),
  )
  clients.push(made)
  return made
}

const a = (path = '/') => `http://a.localhost:${port}${path}`
const b = (path = '/') => `http://b.localhost:${port}${path}`
const get = (url: string, more: Partial<OutgoingRequest> = {}) =>
  client().request({ method: 'GET', url, ...more })
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('It succeeded.')
    },
    (error: RemoteServerError) => error,
  )

/** Lets a name resolve to these addresses. */
function resolving(...addresses: string[]): jest.SpyInstance {
  const found = addresses.map((address) => ({ address, family: net.isIP(address) }))
  return jest
    .spyOn(dns, 'lookup')
    .mockImplementation(((_host: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(null, found)) as never)
}

describe('who may be reached', () => {
  it('a host that is named with its port is reached on this machine, whatever the resolver says', async () => {
    const lookup = resolving('203.0.113.9')
    expect((await get(a('/x'))).body.toString()).toBe('ok')
    expect(lookup).not.toHaveBeenCalled()
    expect(seen[0]?.host).toBe(`a.localhost:${port}`)
  })

  it('another port of a named host is not', async () => {
    expect((await failure(get(`http://a.localhost:${port + 1}/`))).retryable).toBe(false)
  })

  it.each([
    'http://127.0.0.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://127。0。0。1:PORT/',
    'http://0:PORT/',
    'http://127.0.0.1:PORT#@e.test/',
    'http://127.0.0.1:PORT\\@e.test/',
    'http://12\t7.0.0.1:PORT/',
    ' http://127.0.\n0.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://localhost:PORT/',
  ])('SEC-SSRF-01 SEC-SSRF-10 %s is not connected to', async (url) => {
    const error = await failure(get(url.replace('PORT', String(port))))
    expect(error).toMatchObject({ name: 'RemoteServerError', retryable: false })
    expect(seen).toEqual([])
  })

  it.each([
    'http://e.test@127.0.0.1/',
    'http://e.test%2f@127.0.0.1/',
    'http://e.test%40127.0.0.1:PORT@127.0.0.1/',
    'http://user:secret@a.localhost:PORT/',
    'ftp://a.localhost:PORT/',
    'file:///etc/passwd',
    'unix:/var/run/x.sock',
    'data:text/plain,x',
    'javascript:alert(1)',
    'no url',
    '',
  ])('SEC-SSRF-05 SEC-SSRF-10 SEC-SSRF-16 %s is no address to ask', async (url) => {
    const error = await failure(get(url.replace('PORT', String(port))))
    expect(error).toMatchObject({ name: 'RemoteServerError', retryable: false })
    expect(seen).toEqual([])
  })

  it('SEC-SSRF-10 a backslash ends the host, as it does in URL', async () => {
    await get(`http://a.localhost:${port}\\@127.0.0.1/`)
    expect(seen[0]).toMatchObject({ host: `a.localhost:${port}`, url: '/@127.0.0.1/' })
  })

  it('SEC-SSRF-02 SEC-SSRF-12 of the resolved addresses only the public ones are tried', async () => {
    const connect = jest.spyOn(net, 'connect')
    resolving('127.0.0.1', '::1', '10.0.0.1')
    const error = await failure(get(`http://e.test:${port}/`))
    expect(error.retryable).toBe(false)
    expect(error.reason).toMatch(/no address outside private/)
    expect(seen).toEqual([])
    connect.mockRestore()
  })

  it('SEC-SSRF-02 the checked address is the one that is connected to', async () => {
    const lookup = resolving('::1', '198.51.100.7', '93.184.216.34')
    const handed: unknown[] = []
    jest.spyOn(net, 'connect').mockImplementation(((options: net.TcpNetConnectOpts) => {
      options.lookup?.(
        options.host ?? '',
        { all: true } as never,
        ((_error: unknown, found: unknown) => handed.push(found)) as never,
      )
      throw new Error('far enough')
    }) as never)
    await failure(get('http://e.test/'))
    expect(handed).toEqual([[{ address: '93.184.216.34', family: 4 }]])
    expect(lookup).toHaveBeenCalledTimes(1)
  })

  it('SEC-SSRF-18 never itself', async () => {
    for (const url of ['https://social.test/users/alice', 'http://SOCIAL.test/']) {
      const error = await failure(get(url))
      expect(error.reason).toBe('the address is our own')
    }
  })

  it('a range the operator exempts is reached', async () => {
    const response = await client({ ALLOWED_PRIVATE_ADDRESSES: '127.0.0.0/8' }).request({
      method: 'GET',
      url: `http://127.0.0.1:${port}/`,
    })
    expect(response.status).toBe(200)
    expect(() => client({ ALLOWED_PRIVATE_ADDRESSES: 'nonsense' })).toThrow(/ALLOWED_PRIVATE_ADDRESSES/)
  })
})

describe('redirects', () => {
  const redirecting = (to: string, status = 302): RequestListener => {
    return (request, response) => {
      if (request.url === '/from') response.writeHead(status, { location: to }).end()
      else response.end('there')
    }
  }

  it('are followed, and the final address is told', async () => {
    answer = redirecting(b('/to'))
    const response = await get(a('/from'))
    expect(response.body.toString()).toBe('there')
    expect(response.url.href).toBe(b('/to'))
  })

  it.each([301, 302, 303, 307, 308])('SEC-SSRF-04 %d to a private address is not', async (status) => {
    answer = redirecting(`http://127.0.0.1:${port}/to`, status)
    const error = await failure(get(a('/from')))
    expect(error.retryable).toBe(false)
    expect(seen.map((request) => request.url)).toEqual(['/from'])
  })

  it.each(['gopher://e.test/', 'file:///etc/passwd', 'http://u:p@b.localhost/'])(
    'SEC-SSRF-06 to %s are not followed',
    async (to) => {
      answer = redirecting(to)
      expect((await failure(get(a('/from')))).retryable).toBe(false)
    },
  )

  it('SEC-SSRF-06 SEC-DOS-07 end after three', async () => {
    answer = (_request, response) => response.writeHead(302, { location: a('/again') }).end()
    expect((await failure(get(a()))).reason).toBe('too many redirects')
    expect(seen).toHaveLength(4)
  })

  it('SEC-SSRF-16 secrets stay with the host they were meant for', async () => {
    answer = redirecting(b('/to'))
    const secrets = { Authorization: 'Bearer x', Cookie: 'c', Signature: 's', 'Proxy-Authorization': 'p' }
    await get(a('/from'), { headers: { ...secrets, Accept: 'x/y' } })
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer x', cookie: 'c', signature: 's' })
    const second = seen[1]?.headers ?? {}
    expect(Object.keys(second).filter((name) => /auth|cookie|signature/.test(name))).toEqual([])
    expect(second.accept).toBe('x/y')
  })

  it('are signed anew for each hop, for its own address', async () => {
    answer = redirecting(b('/to?q=1'))
    await get(a('/from'), {
      sign: async ({ method, url }) => ({ signature: `${method} ${url.host}${url.pathname}${url.search}` }),
    })
    expect(seen.map((request) => request.headers.signature)).toEqual([
      `GET a.localhost:${port}/from`,
      `GET b.localhost:${port}/to?q=1`,
    ])
  })

  it('of a POST are told, not followed', async () => {
    answer = redirecting(b('/to'))
    const response = await client().request({ method: 'POST', url: a('/from'), body: 'x' })
    expect(response.status).toBe(302)
    expect(seen).toHaveLength(1)
  })
})

describe('limits', () => {
  it('SEC-DOS-06 an endless body is cut at the limit', async () => {
    answer = (_request, response) => {
      const more = () => response.write(Buffer.alloc(64 * 1024)) && setImmediate(more)
      response.on('drain', more)
      response.on('error', () => {})
      more()
    }
    const error = await failure(get(a(), { maxBytes: 100_000 }))
    expect(error).toMatchObject({ reason: 'the body is larger than 100000 bytes', retryable: false })
  })

  it.each(['gzip', 'br', 'zstd', 'deflate'])(
    'SEC-DOS-06 a %s bomb is cut at the limit, decompressed',
    async (encoding) => {
      const zeros = Buffer.alloc(20_000_000)
      const packed = {
        gzip: () => zlib.gzipSync(zeros),
        br: () => zlib.brotliCompressSync(zeros, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
        zstd: () => zlib.zstdCompressSync(zeros),
        deflate: () => zlib.deflateSync(zeros),
      }[encoding] as () => Buffer
      const body = packed()
      answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body)
      const before = process.memoryUsage().arrayBuffers
      expect((await failure(get(a()))).reason).toMatch(/larger than 1048576/)
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000)
    },
  )

  it('a compressed body is told decompressed; an unknown encoding is an error', async () => {
    answer = (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(zlib.gzipSync('hello'))
    expect((await get(a())).body.toString()).toBe('hello')
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'compress' }).end('x')
    expect((await failure(get(a()))).retryable).toBe(false)
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip')
    expect((await failure(get(a()))).name).toBe('RemoteServerError')
  })

  it('SEC-DOS-09 silence ends at the deadline', async () => {
    answer = () => {}
    const start = Date.now()
    const error = await failure(get(a(), { deadlineMs: 300 }))
    expect(error).toMatchObject({ reason: 'the answer took too long', retryable: true })
    expect(Date.now() - start).toBeLessThan(10_000)
  })

  it('SEC-DOS-09 a body that trickles ends at the deadline, redirects included', async () => {
    answer = (request, response) => {
      if (request.url === '/')
        return void setTimeout(() => response.writeHead(302, { location: a('/slow') }).end(), 200)
      const timer = setInterval(() => response.write('.'), 50)
      response.on('close', () => clearInterval(timer))
    }
    const start = Date.now()
    expect((await failure(get(a(), { deadlineMs: 500 }))).reason).toBe('the answer took too long')
    expect(Date.now() - start).toBeLessThan(10_000)
  })

  it('a connection that breaks off is worth another try', async () => {
    answer = (request) => request.socket.destroy()
    expect((await failure(get(a()))).retryable).toBe(true)
  })

  it('any status is an answer', async () => {
    answer = (_request, response) =>
      response.writeHead(503, { 'Retry-After': '7', 'X-Two': ['1', '2'] }).end('no')
    const response = await get(a())
    expect(response.status).toBe(503)
    expect(response.headers).toMatchObject({ 'retry-after': '7', 'x-two': '1, 2' })
  })

  it('says who it is', async () => {
    await get(a())
    expect(seen[0]?.headers['user-agent']).toMatch(/^Anancus\/\d.*\(\+https:\/\/social\.test\/\)$/)
  })
})

describe("an address of the operator's own", () => {
  const own = (path: string) => `http://127.0.0.1:${port}${path}`

  it('may be on this machine, which no other address may', async () => {
    const url = own('/translate')
    const { status } = await client().request({ method: 'GET', url, isOperatorsOwn: true })
    expect(status).toBe(200)
    expect((await failure(get(url))).retryable).toBe(false)
    expect(seen).toHaveLength(1)
  })

  it('leads nowhere else', async () => {
    answer = (_request, response) => response.writeHead(302, { location: own('/other') }).end()
    const refused = await failure(client().request({ method: 'GET', url: own('/'), isOperatorsOwn: true }))
    expect(refused.status).toBe(302)
    expect(seen).toHaveLength(1)
  })
})
