import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { loadConfig } from '../config.ts'
import type { Mail } from './mailer.ts'
import { createSendmailMailer } from './sendmail.ts'

const mail: Mail = {
  to: 'alice@example.org',
  subject: 'Hello',
  text: 'One\n.\nTwo',
  html: '<p>Hello</p>',
  messageId: 'one@social.test',
}
const PATIENCE_MS = 30_000

describe('sendmail', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anancus-sendmail-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function program(script: string): Promise<string> {
    const file = join(folder, `program-${script.length}`)
    await writeFile(file, `#!/bin/sh\ncd '${folder}'\n${script}\n`)
    await chmod(file, 0o755)
    return file
  }
  const mailerOf = (file: string, env: Record<string, string> = {}, timeoutMs = PATIENCE_MS) =>
    createSendmailMailer(
      loadConfig({ SMTP_DELIVERY_METHOD: 'sendmail', SMTP_FROM_ADDRESS: 'S <s@social.test>', ...env }),
      file,
      timeoutMs,
    )
  const given = async () => (await readFile(join(folder, 'args'), 'utf8')).trim().split('\n')
  const keeps = 'printf "%s\\n" "$@" > args; cat > mail'

  it('hands over the whole mail, from one address to one', async () => {
    await mailerOf(await program(keeps)).send(mail)
    expect(await given()).toEqual(['-i', '-f', 's@social.test', '--', 'alice@example.org'])
    const source = await readFile(join(folder, 'mail'), 'utf8')
    expect(source).not.toContain('\r')
    const parsed = await simpleParser(source)
    expect(parsed.subject).toBe('Hello')
    expect(parsed.text?.trim()).toBe('One\n.\nTwo')
    expect(parsed.html).toBe('<p>Hello</p>')
  })

  it('names the address for complaints', async () => {
    await mailerOf(await program(keeps), { SMTP_RETURN_PATH: 'bounces@social.test' }).send(mail)
    expect(await given()).toEqual(['-i', '-f', 'bounces@social.test', '--', 'alice@example.org'])
  })

  it('takes no address for an option', async () => {
    const to = '-Xfile@example.org'
    await mailerOf(await program(keeps)).send({ ...mail, to })
    expect(await given()).toEqual(['-i', '-f', 's@social.test', '--', to])
  })

  it('fails with what the program says, so that the job is tried again', async () => {
    const refusing = await program('cat > /dev/null; echo "queue full" >&2; exit 75')
    await expect(mailerOf(refusing).send(mail)).rejects.toThrow('ended with 75: queue full')
    const deaf = await program('exit 1')
    await expect(mailerOf(deaf).send({ ...mail, text: 'x'.repeat(1_000_000) })).rejects.toThrow(
      'ended with 1',
    )
    await expect(mailerOf(join(folder, 'none')).send(mail)).rejects.toThrow('ENOENT')
  })

  it('does not wait for ever', async () => {
    const hanging = await program('exec sleep 600')
    await expect(mailerOf(hanging, {}, 200).send(mail)).rejects.toThrow('was ended after 200 ms')
  })
})
