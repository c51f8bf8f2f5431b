import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx } from '@anancus/core/kernel/context'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { type Remotes, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import {
  ALICES_STATUS,
  type CorpusFile,
  CorpusPeer,
  type Fate,
  hostsIn,
  moved,
  nameOf,
} from '../support/corpus.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const ROOT = join(__dirname, '../../../../packages/core/testing/fixtures/activitypub')
const PAGE = join(__dirname, '../../../../docs/federation-corpus.md')
const LONGEST_MS = 10_000

const files: CorpusFile[] = (readdirSync(ROOT, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    name: file.replace(/\.json$/, ''),
    document: JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as CorpusFile['document'],
  }))
const hosts = hostsIn(files)
const fates: Fate[] = []

let remotes: Remotes
let ctx: Ctx
let web: TestWeb
let here: CorpusFile[]

beforeAll(async () => {
  remotes = await startRemotes(hosts.map(nameOf))
  ctx = await testContext({ env: remotes.env })
  web = await startWeb(ctx)
  here = moved(files, hosts, remotes)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
  await remotes.close()
})

describe('documents as other software sends them', () => {
  it.each(files.map((file) => file.name))('%s is taken in its stride', async (name) => {
    await resetDatabase(ctx)
    remotes.reset()
    const make = factories(ctx.db)
    const alice = await make.viewer({ account: { username: 'alice', id_scheme: 0 } })
    await make.status({ account: alice.account, uri: ALICES_STATUS })
    const [software] = name.split('/')
    const mine = here.filter((file) => file.name.startsWith(`${software}/`))
    const peer = new CorpusPeer(ctx, web.url, remotes, hosts)
    peer.serve(mine)
    const start = performance.now()
    const fate = await peer.bring(
      mine.find((file) => file.name === name) as CorpusFile,
      alice.account.id,
      mine,
    )
    fates.push(fate)
    expect(performance.now() - start).toBeLessThan(LONGEST_MS)
    if (fate.how !== 'fetched') expect(fate.status).toBe(202)
  })

  it('the table of what became of each is up to date', () => {
    const text = page(fates)
    if (process.env.WRITE_CORPUS === 'true') writeFileSync(PAGE, text)
    expect(readFileSync(PAGE, 'utf8')).toBe(text)
  })
})

function page(all: readonly Fate[]): string {
  const rows = all.map(
    ({ name, kind, how, outcome, effect }) => `| ${name} | ${kind} | ${how} | ${outcome} | ${effect} |`,
  )
  return `# What becomes of what others send

Documents in the shapes in which 14 kinds of software send them (\`packages/core/testing/fixtures/activitypub\`), each
brought in by a fake remote: activities through the inbox, objects inside a Create by their author, actors by being
fetched. Before, alice follows the sender; what an activity presumes (the status it edits, the request it answers) is
there. None is answered with an error or keeps anything waiting. Written by
\`WRITE_CORPUS=true pnpm jest apps/web/test/activitypub/corpus\`, which without it checks that the table is true.

| document | kind | brought in | outcome | effect |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}
