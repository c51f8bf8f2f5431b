import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callbackify } from 'node:util'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { loadConfig } from '../config.ts'
import { createLogger } from '../log.ts'
import { createMailer } from './index.ts'
import type { Mail } from './mailer.ts'

const log = createLogger({ level: 'silent', name: 'test' })
const mail: Mail = {
  to: 'alice@example.org',
  subject: 'Hello\r\nBcc: eve@example.org',
  text: 'Open https://social.test/auth/confirmation?confirmation_token=abc now',
  html: '<p>Open</p>',
  messageId: 'one@social.test',
  headers: { 'List-ID': '<x.social.test>' },
}

describe('SMTP', () => {
  const received: { mail: ParsedMail; recipients: string[] }[] = []
  const logins: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onAuth: (auth, _session, done) => {
      logins.push(`${auth.method} ${auth.username} ${auth.password}`)
      done(null, { user: auth.username ?? '' })
    },
    onData: (stream, session, done) => {
      callbackify(async () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        received.push({ mail: await simpleParser(stream), recipients })
      })(done)
    },
  })
  let port: number
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.server.address() as AddressInfo).port
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  it('SEC-HTTP-09 sends text and markup to one recipient, whatever the subject tries', async () => {
    const mailer = createMailer(
      loadConfig({
        SMTP_SERVER: '127.0.0.1',
        SMTP_PORT: String(port),
        SMTP_LOGIN: 'me',
        SMTP_PASSWORD: 'secret',
        SMTP_FROM_ADDRESS: 'Social <social@social.test>',
      }),
      log,
    )
    await mailer.send(mail)
    await mailer.close()
    const [first] = received
    expect(first?.recipients).toEqual(['alice@example.org'])
    expect(first?.mail.bcc).toBeUndefined()
    expect(first?.mail.subject).toBe('Hello Bcc: eve@example.org')
    expect(first?.mail.from?.text).toBe('"Social" <social@social.test>')
    expect(first?.mail.text).toContain('confirmation_token=abc')
    expect(first?.mail.html).toBe('<p>Open</p>')
    expect(first?.mail.messageId).toBe('<one@social.test>')
    expect(first?.mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(logins).toEqual(['PLAIN me secret'])
  })

  it('sends what goes to everyone by the server for it, where there is one', async () => {
    const before = received.length
    const away = { SMTP_SERVER: '127.0.0.1', SMTP_PORT: '1' }
    const there = { BULK_SMTP_SERVER: '127.0.0.1', BULK_SMTP_PORT: String(port) }
    const mailer = createMailer(loadConfig({ ...away, ...there }), log)
    await mailer.send({ ...mail, isBulk: true })
    await expect(mailer.send(mail)).rejects.toThrow('ECONNREFUSED')
    await mailer.close()
    const alone = createMailer(loadConfig(away), log)
    await expect(alone.send({ ...mail, isBulk: true })).rejects.toThrow('ECONNREFUSED')
    await alone.close()
    expect(received).toHaveLength(before + 1)
  })

  it('fails when the server is away, so that the job is tried again', async () => {
    const mailer = createMailer(loadConfig({ SMTP_SERVER: '127.0.0.1', SMTP_PORT: '1' }), log)
    await expect(mailer.send(mail)).rejects.toThrow('ECONNREFUSED')
    await mailer.close()
  })
})

it('writes mail into a folder while no server is set', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anancus-mails-'))
  const mailer = createMailer(loadConfig({ MAIL_FOLDER: folder }), log)
  await mailer.send(mail)
  const [name] = await readdir(folder)
  expect(name).toMatch(/alice@example\.org_Hello.*\.eml$/)
  const parsed = await simpleParser(await readFile(join(folder, name ?? ''), 'utf8'))
  expect(parsed.text).toContain('confirmation_token=abc')
  await rm(folder, { recursive: true })
})

it('hands mail to the mail program of the machine, whatever servers are named', async () => {
  const env = { SMTP_DELIVERY_METHOD: 'sendmail', SMTP_SERVER: '127.0.0.1', SMTP_PORT: '1' }
  const mailer = createMailer(loadConfig(env), log)
  await expect(mailer.send({ ...mail, to: '' })).rejects.toThrow('/usr/sbin/sendmail is given no address')
  await mailer.close()
})
