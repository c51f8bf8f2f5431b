import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataFolder } from './data-folder.mjs'
import { readEnvFile, writeEnvFile } from './env-file.mjs'
import { freePort, isPortFree, usablePort } from './ports.mjs'
import { Problem } from './problem.mjs'
import { findProgram } from './process.mjs'
import { developmentSecrets } from './secrets.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anancus-lib-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('env files', () => {
  it('keep values with = and spaces, and are for the owner only', () => {
    const file = join(folder, 'x.env')
    writeEnvFile(file, { A: 'b=c d', URL: 'postgres://u:p@h/d?x=1' }, 'About this.')
    expect(readEnvFile(file)).toEqual({ A: 'b=c d', URL: 'postgres://u:p@h/d?x=1' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('are empty when missing', () => expect(readEnvFile(join(folder, 'none'))).toEqual({}))
})

describe('developmentSecrets', () => {
  it('makes secrets once and keeps them', () => {
    const first = developmentSecrets(folder)
    expect(developmentSecrets(folder)).toEqual(first)
    expect(Buffer.from(first.VAPID_PUBLIC_KEY ?? '', 'base64url')).toHaveLength(65)
    expect(first.SECRET_KEY_BASE).toMatch(/^[0-9a-f]{128}$/)
  })

  it('adds only what an older file lacks', () => {
    writeFileSync(join(folder, 'development.env'), 'SECRET_KEY_BASE=mine\n')
    expect(developmentSecrets(folder).SECRET_KEY_BASE).toBe('mine')
    expect(readEnvFile(join(folder, 'development.env'))).toHaveProperty('VAPID_PRIVATE_KEY')
  })
})

describe('ports', () => {
  it('are refused when taken, naming the setting and what to type', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    expect(await isPortFree(port)).toBe(false)
    await expect(usablePort({ PORT: String(port) }, 'PORT', 3000)).rejects.toThrow(
      new Problem(
        `Port ${port} (PORT) of 127.0.0.1 is taken or not allowed: stop the program that uses it, or choose another (PORT=${port + 100} npm start).`,
      ),
    )
    server.close()
  })

  it.each(['0', '65536', '30x', '-1', '3000.5'])('are refused when they are none: %s', async (text) => {
    await expect(usablePort({ STREAMING_PORT: text }, 'STREAMING_PORT', 4000)).rejects.toThrow(
      'STREAMING_PORT must be',
    )
  })

  it('come from the setting, else from the default', async () => {
    const port = await freePort()
    expect(await usablePort({ PORT: String(port) }, 'PORT', 3000)).toBe(port)
    expect(await usablePort({}, 'PORT', port)).toBe(port)
  })
})

describe('openDataFolder', () => {
  it('makes what it needs', () => {
    const data = openDataFolder({ ANANCUS_DATA: join(folder, 'a/b') })
    expect(['logs', 'mails', 'system'].map((name) => existsSync(data.at(name)))).toEqual([true, true, true])
  })

  it('is refused where nothing can be written', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openDataFolder({ ANANCUS_DATA: join(folder, 'file/data') })).toThrow(
      /cannot be written \(ENOTDIR\).*ANANCUS_DATA/,
    )
  })

  it('forgets a launcher that is gone, whoever has its number now', () => {
    writeFileSync(join(folder, 'start.pid'), '1')
    expect(openDataFolder({ ANANCUS_DATA: folder }).folder).toBe(folder)
  })
})

describe('findProgram', () => {
  it('knows what is on the PATH and may be run', () => {
    writeFileSync(join(folder, 'tool'), '', { mode: 0o755 })
    writeFileSync(join(folder, 'text'), '', { mode: 0o644 })
    expect(findProgram('tool', `/nowhere:${folder}`)).toBe(join(folder, 'tool'))
    expect(spawnSync(join(folder, 'text')).error).toBeDefined()
    expect(findProgram('nothing-of-this-name', folder)).toBeUndefined()
  })
})
