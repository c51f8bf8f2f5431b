import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callbackify, promisify } from 'node:util'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { loadConfig } from '../config.ts'
import { createLogger } from '../log.ts'
import { createMailer } from './index.ts'

const log = createLogger({ level: 'silent', name: 'test' })

/** What a server saw of one mail. */
interface Seen {
  isSecure: boolean
  greeting: string
  login: string | null
  from: string
  to: string[]
  mail: ParsedMail
}

const seen: Seen[] = []
const servers: SMTPServer[] = []
let folder: string
let authority: string
let ports: { offering: number; plain: number; secure: number }

async function listen(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
    onAuth: (auth, _session, done) => {
      const isRight =
        auth.method === 'CRAM-MD5' ? auth.validatePassword('secret') : auth.password === 'secret'
      if (isRight) done(null, { user: `${auth.method} ${auth.username}` })
      else done(new Error('Wrong password'))
    },
    onData: (stream, session, done) => {
      callbackify(async () => {
        const { mailFrom, rcptTo } = session.envelope
        seen.push({
          isSecure: session.secure,
          greeting: session.hostNameAppearsAs,
          login: session.user ?? null,
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          mail: await simpleParser(stream),
        })
      })(done)
    },
    ...options,
  })
  server.on('error', () => {}) // a client that does not trust the certificate hangs up
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  return (server.server.address() as AddressInfo).port
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anancus-smtp-'))
  authority = join(folder, 'cert.pem')
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    join(folder, 'key.pem'),
  ]
  const name = ['-subj', '/CN=mail', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  await promisify(execFile)('openssl', ['req', '-x509', ...key, ...name, '-out', authority])
  const tls = { key: await readFile(join(folder, 'key.pem')), cert: await readFile(authority) }
  ports = {
    offering: await listen(tls),
    plain: await listen({ disabledCommands: ['STARTTLS'] }),
    secure: await listen({ ...tls, secure: true }),
  }
})

beforeEach(() => {
  seen.length = 0
})

afterAll(async () => {
  for (const server of servers) await new Promise<void>((resolve) => server.close(() => resolve()))
  await rm(folder, { recursive: true })
})

describe.each([
  { prefix: 'SMTP_', isBulk: false },
  { prefix: 'BULK_SMTP_', isBulk: true },
])('the server of $prefix…', ({ prefix, isBulk }) => {
  /** Sends one mail; the settings are without their prefix. */
  async function send(port: number, settings: Record<string, string> = {}): Promise<Seen | undefined> {
    const named = Object.entries({ SERVER: '127.0.0.1', PORT: String(port), ...settings })
    const env = Object.fromEntries(named.map(([name, value]) => [prefix + name, value]))
    const mailer = createMailer(loadConfig({ LOCAL_DOMAIN: 'social.test:3000', ...env }), log)
    try {
      await mailer.send({
        to: 'alice@example.org',
        subject: 'Hello',
        text: 'Hello',
        html: '<p>Hello</p>',
        messageId: 'one@social.test',
        isBulk,
      })
    } finally {
      await mailer.close()
    }
    return seen.at(-1)
  }

  it('encrypts by STARTTLS when the server offers it, and goes on without when it does not', async () => {
    expect(await send(ports.offering, { CA_FILE: authority })).toMatchObject({ isSecure: true })
    expect(await send(ports.plain)).toMatchObject({ isSecure: false })
  })

  it('insists on STARTTLS, or leaves it, as it is told', async () => {
    await expect(send(ports.plain, { ENABLE_STARTTLS: 'always' })).rejects.toThrow('STARTTLS')
    expect(seen).toEqual([])
    const always = { ENABLE_STARTTLS: 'always', CA_FILE: authority }
    expect(await send(ports.offering, always)).toMatchObject({ isSecure: true })
    expect(await send(ports.offering, { ENABLE_STARTTLS: 'never' })).toMatchObject({ isSecure: false })
    expect(await send(ports.offering, { ENABLE_STARTTLS_AUTO: 'false' })).toMatchObject({ isSecure: false })
    const both = { ENABLE_STARTTLS: 'auto', ENABLE_STARTTLS_AUTO: 'false', CA_FILE: authority }
    expect(await send(ports.offering, both)).toMatchObject({ isSecure: true })
  })

  it.each(['TLS', 'SSL'])('encrypts from the first byte with %s', async (name) => {
    const secure = { [name]: 'true', CA_FILE: authority }
    expect(await send(ports.secure, secure)).toMatchObject({ isSecure: true })
    await expect(send(ports.secure, { [name]: 'true' })).rejects.toThrow('self-signed')
  })

  it('trusts the certificates it is told to, and others only without verification', async () => {
    await expect(send(ports.offering)).rejects.toThrow('self-signed')
    for (const mode of ['peer', 'client_once', 'fail_if_no_peer_cert'])
      await expect(send(ports.offering, { OPENSSL_VERIFY_MODE: mode })).rejects.toThrow('self-signed')
    expect(seen).toEqual([])
    expect(await send(ports.offering, { OPENSSL_VERIFY_MODE: 'none' })).toMatchObject({ isSecure: true })
    await expect(send(ports.offering, { CA_FILE: join(folder, 'none.pem') })).rejects.toThrow('ENOENT')
    expect(() => loadConfig({ [`${prefix}OPENSSL_VERIFY_MODE`]: 'perhaps' })).toThrow('must be one of')
  })

  it.each([
    ['plain', 'PLAIN me'],
    ['login', 'LOGIN me'],
    ['cram_md5', 'CRAM-MD5 me'],
  ])('signs in by %s', async (method, login) => {
    const settings = { LOGIN: 'me', PASSWORD: 'secret', AUTH_METHOD: method }
    expect(await send(ports.plain, settings)).toMatchObject({ login })
    await expect(send(ports.plain, { ...settings, PASSWORD: 'wrong' })).rejects.toThrow('Wrong password')
  })

  it('does not sign in with the method none, or without a user', async () => {
    const none = { LOGIN: 'me', PASSWORD: 'wrong', AUTH_METHOD: 'none' }
    expect(await send(ports.plain, none)).toMatchObject({ login: null })
    expect(await send(ports.plain)).toMatchObject({ login: null })
  })

  it('says the name of this server', async () => {
    expect(await send(ports.plain)).toMatchObject({ greeting: 'social.test' })
    expect(await send(ports.plain, { DOMAIN: 'mx.social.test' })).toMatchObject({
      greeting: 'mx.social.test',
    })
  })
})

describe('addresses', () => {
  const base = () => ({
    SMTP_SERVER: '127.0.0.1',
    SMTP_PORT: String(ports.plain),
    SMTP_FROM_ADDRESS: 'Social <social@social.test>',
  })
  async function sendTo(to: string, env: Record<string, string> = {}): Promise<Seen | undefined> {
    const mailer = createMailer(loadConfig({ ...base(), ...env }), log)
    try {
      await mailer.send({ to, subject: 'Hello', text: 'x', html: 'x', messageId: 'one@social.test' })
    } finally {
      await mailer.close()
    }
    return seen.at(-1)
  }

  it('tells people whom to answer and servers whom to complain to', async () => {
    const plain = await sendTo('alice@example.org')
    expect(plain).toMatchObject({ from: 'social@social.test', to: ['alice@example.org'] })
    expect(plain?.mail.replyTo).toBeUndefined()
    const other = await sendTo('alice@example.org', {
      SMTP_REPLY_TO: 'help@social.test',
      SMTP_RETURN_PATH: 'bounces@social.test',
    })
    expect(other).toMatchObject({ from: 'bounces@social.test', to: ['alice@example.org'] })
    expect(other?.mail.from?.text).toBe('"Social" <social@social.test>')
    expect(other?.mail.replyTo?.text).toBe('help@social.test')
  })

  it.each<Record<string, string>>([{}, { SMTP_RETURN_PATH: 'bounces@social.test' }])(
    'SEC-AUTH-14 writes to one mailbox at most, whatever the address (%j)',
    async (env) => {
      for (const to of ['a@x.test,b@y.test', 'a@x.test\r\nRCPT TO:<b@y.test>', 'A <a@x.test>, B <b@y.test>'])
        await sendTo(to, env).catch(() => {})
      const recipients = seen.flatMap((one) => one.to)
      expect(seen.every((one) => one.to.length === 1)).toBe(true)
      expect(recipients).not.toContain('b@y.test')
      expect(recipients).not.toContain('a@x.test')
    },
  )
})
