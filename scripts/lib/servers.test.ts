import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, disconnect } from '@anancus/db'
import { startPostgres } from './postgres.mjs'
import { findRedisServer, startRedis } from './redis.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anancus-servers-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const options = () => ({
  folder: join(folder, 'postgres'),
  password: 'p@ss/word',
  databases: ['town'],
  logFile: join(folder, 'log'),
  forTests: true,
})

async function ask(url: string, sql: string): Promise<unknown> {
  const db = connect({ url, poolSize: 1 })
  try {
    const { rows } = await db.raw<{ rows: { answer: unknown }[] }>(sql)
    return rows[0]?.answer
  } finally {
    await disconnect(db)
  }
}

/** Starts a PostgreSQL from a process of its own, which is then killed. */
async function startAndBeKilled(): Promise<number> {
  const source = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres.mjs'))}
    const server = await startPostgres(${JSON.stringify(options())})
    console.log(server.child.pid)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = await new Promise<string>((resolve) =>
    parent.stdout.once('data', (data) => resolve(String(data))),
  )
  parent.kill('SIGKILL')
  return Number(pid)
}

const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))

describe('PostgreSQL of our own', () => {
  it('asks for its password, has its database, sorts and folds Unicode, and keeps data over a restart', async () => {
    const first = await startPostgres(options())
    expect(await ask(first.url('town'), "select lower('ÄÉ日本') as answer")).toBe('äé日本')
    await ask(first.url('town'), 'create table kept (id int)')
    await expect(ask(first.url('town').replace('p%40ss', 'wrong'), 'select 1 as answer')).rejects.toThrow(
      'password',
    )
    await first.stop()
    const second = await startPostgres(options())
    expect(await ask(second.url('town'), 'select count(*)::int as answer from kept')).toBe(0)
    await second.stop()
  })

  it('ends with whoever started it, killed or not, and starts again', async () => {
    const pid = await startAndBeKilled()
    for (let waited = 0; waited < 5000 && isAlive(pid); waited += 50) await sleep(50)
    expect(isAlive(pid)).toBe(false)
    const again = await startPostgres(options())
    expect(await ask(again.url('town'), 'select 1 as answer')).toBe(1)
    await again.stop()
  })

  it('starts although an old process number, now of another program, stands in its lock', async () => {
    await (await startPostgres(options())).stop()
    writeFileSync(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n${join(folder, 'postgres')}\n`)
    const server = await startPostgres(options())
    expect(await ask(server.url('town'), 'select 1 as answer')).toBe(1)
    await server.stop()
  })

  it('makes its folder anew when the first start was cut short', async () => {
    spawnSync('mkdir', ['-p', join(folder, 'postgres.new/base')])
    const server = await startPostgres(options())
    await server.stop()
    expect(existsSync(join(folder, 'postgres.new'))).toBe(false)
  })
})

const withRedis = findRedisServer() ? it : it.skip

describe('Redis of our own', () => {
  withRedis('never throws keys away, and ends when asked', async () => {
    const server = await startRedis({ folder: join(folder, 'redis') })
    const args = readFileSync(`/proc/${server.child.pid}/cmdline`, 'utf8')
    expect(server.url).toBe(`redis://127.0.0.1:${server.port}`)
    await server.stop()
    expect(isAlive(Number(server.child.pid))).toBe(false)
    expect(args).toContain('redis')
  })
})
