import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInstance, type Instance, pickPorts } from './support/instance.ts'
import { createPerson, type Person } from './support/people.ts'
import { eventually } from './support/wait.ts'

/** Debian's own: what is in a virtual environment may be of another version. */
const PYTHON = '/usr/bin/python3'
const TOOT = '/usr/bin/toot'
const SCRIPTS = join(import.meta.dirname, 'support/python')
const PICTURE = join(import.meta.dirname, 'support/picture.png')
const PATIENCE_MS = 120_000

const runs = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const isThere = {
  toot: runs(PYTHON, '-c', 'import toot'),
  'python3-mastodon': runs(PYTHON, '-c', 'import mastodon'),
}
const missing = Object.entries(isThere)
  .filter(([, there]) => !there)
  .map(([name]) => name)
const describeIfThere = missing.length === 0 ? describe : describe.skip
if (missing.length > 0)
  process.stderr.write(
    `Skipped: apps of Debian, for want of ${missing.join(' and ')} (apt-get install toot python3-mastodon).\n`,
  )

describeIfThere('apps that Debian ships', () => {
  let instance: Instance
  let alice: Person
  let bob: Person
  let home: string

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'anancus-debian-'))
    instance = await createInstance({ name: 'debian', ports: await pickPorts(), neighbours: [] })
    alice = await createPerson(instance, 'alice')
    bob = await createPerson(instance, 'bob')
    await instance.start()
  }, PATIENCE_MS)

  afterAll(async () => {
    await instance?.close()
    rmSync(home, { recursive: true, force: true })
  }, PATIENCE_MS)

  /** Without a terminal of its own it reads the password from its input. */
  const run = (program: string, args: readonly string[], input = '') =>
    new Promise<string>((resolve, reject) => {
      const env = { PATH: '/usr/bin:/bin', HOME: home, PYTHONPATH: SCRIPTS, XDG_CONFIG_HOME: home }
      const child = execFile('setsid', ['--wait', program, ...args], { env }, (error, out, err) =>
        error ? reject(new Error(`${program} ${args[0]}: ${error.message}\n${out}${err}`)) : resolve(out),
      )
      child.stdin?.end(input)
    })
  const toot = (command: string, ...args: string[]) => run(TOOT, [command, '--no-color', ...args])

  it(
    'toot signs in, posts a picture and reads timelines and notifications',
    async () => {
      const where = ['--instance', instance.domain, '--disable-https', '--email', alice.email]
      await run(TOOT, ['login_cli', '--no-color', ...where], `${alice.password}\n`)
      expect(await toot('whoami')).toContain('@alice')
      expect(await toot('instance', '--disable-https', instance.domain)).toContain(
        '4.6.5 (compatible; Anancus',
      )

      const posted = await toot('post', '--media', PICTURE, '--description', 'a small picture', 'Hello #toot')
      expect(posted).toContain(instance.domain)
      await eventually('the post at home', async () =>
        (await toot('timeline', '--once')).includes('Hello #toot'),
      )
      for (const which of [
        ['--public', '--local'],
        ['--tag', 'toot'],
      ])
        expect(await toot('timeline', '--once', ...which)).toContain('Hello #toot')

      await toot('follow', 'bob')
      expect(await toot('following', 'alice')).toContain('@bob')
      expect(await toot('search', 'bob')).toContain('@bob')
      expect(await toot('notifications')).toMatch(/notification/i)
      const id = /statuses\/(\d+)|@alice\/(\d+)/.exec(posted)?.slice(1).find(Boolean) ?? ''
      for (const command of ['favourite', 'bookmark', 'pin', 'thread', 'delete']) await toot(command, id)
      expect(await toot('timeline', '--once')).not.toContain('Hello #toot')
      await toot('logout', `alice@${instance.domain}`)
    },
    PATIENCE_MS,
  )

  it(
    'Mastodon.py signs in, posts a picture and a poll, reads timelines and streams',
    async () => {
      const args = [instance.baseUrl, alice.email, alice.password, PICTURE, bob.token]
      const day = JSON.parse(await run(PYTHON, [join(SCRIPTS, 'mastodon_day.py'), ...args]))
      expect(day).toMatchObject({
        acct: 'alice',
        instance: expect.stringMatching(/^4\.6\.5 \(compatible; Anancus /),
        description: 'a small picture',
        own_votes: [1],
        home: expect.arrayContaining([day.status]),
        local: expect.any(Number),
        tag: 1,
        found: ['bob'],
      })
      expect(day.notifications).toEqual(['favourite'])
      expect(day.events).toEqual(
        expect.arrayContaining([
          ['notification', 'mention'],
          ['notification', 'favourite'],
          ['delete', day.deleted],
        ]),
      )
      expect(day.events.map(([name]: string[]) => name)).toContain('update')
    },
    PATIENCE_MS,
  )
})
