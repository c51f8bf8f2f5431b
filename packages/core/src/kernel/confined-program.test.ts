import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canConfine } from './confined-program.ts'
import { ProgramError, runLimited } from './limited-program.ts'

const LIMITS = { seconds: 20, memoryBytes: 1024 ** 3, outputBytes: 1024 ** 2 }

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anancus-confined-'))
  await writeFile(at('given'), 'given')
  await writeFile(at('canary'), 'canary')
  await mkdir(at('out'))
  await symlink(at('canary'), at('out/link'))
})
afterAll(() => rm(folder, { recursive: true }))

const sh = (script: string, limits = LIMITS) =>
  runLimited('sh', ['-c', script], limits, { reads: [at('given')], writes: [at('out')] })

describe('SEC-MEDIA-04 a program that reads foreign files', () => {
  it('is confined on this system, where the tests run on Linux', async () =>
    expect(await canConfine()).toBe(process.platform === 'linux'))

  it('reads what it is given and writes where it may', async () => {
    expect(
      await sh(`cat ${at('given')} > ${at('out/made')}; cat ${at('out/made')}; rm ${at('out/made')}`),
    ).toBe('given')
  })

  it.each([
    ['another file', () => `cat ${at('canary')}`],
    ['a file of the system', () => 'cat /etc/passwd'],
    ['a link to another file', () => `cat ${at('out/link')}`],
    ['the environment of its parent', () => 'cat /proc/$PPID/environ'],
    ['a list of files', () => `ls ${folder}`],
    ['to write elsewhere', () => `echo x > ${at('new')}`],
    ['to write what it may read', () => `echo x > ${at('given')}`],
    ['to delete what it may read', () => `rm -f ${at('given')}`],
  ])('cannot have %s', async (_name, script) => {
    await expect(sh(script())).rejects.toThrow(/denied|not permitted/i)
    expect(await readFile(at('given'), 'utf8')).toBe('given')
    expect((await readdir(folder)).sort()).toEqual(['canary', 'given', 'out'])
  })

  it('cannot connect to anything', async () => {
    const met: unknown[] = []
    const server: Server = createServer((socket) => {
      met.push(socket.remotePort)
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const script = `use Socket; socket(S, PF_INET, SOCK_STREAM, 0); connect(S, sockaddr_in(${port}, inet_aton("127.0.0.1"))) or die $!`
    try {
      await expect(runLimited('perl', ['-e', script], LIMITS)).rejects.toBeInstanceOf(ProgramError)
      expect(met).toEqual([])
    } finally {
      server.close()
    }
  })
})

describe('SEC-MEDIA-02 a program that is attacked through what it reads', () => {
  it('dies alone when it crashes', async () =>
    expect(sh('kill -SEGV $$')).rejects.toThrow(/sh ended with (SIGSEGV|139)/))

  it('is killed with its children when it takes too long', async () => {
    const started = performance.now()
    const script = `sleep 600 & echo $! > ${at('out/child')}; sleep 600`
    await expect(sh(script, { ...LIMITS, seconds: 1 })).rejects.toThrow('sh ended with SIGKILL')
    expect(performance.now() - started).toBeLessThan(60_000)
    const child = Number(await readFile(at('out/child'), 'utf8'))
    await rm(at('out/child'))
    for (let waited = 0; waited < 20_000 && (await isRunning(child)); waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await isRunning(child)).toBe(false)
  })

  it('has neither more memory nor more disk than it is given', async () => {
    const greedy = ['-e', 'my $x = "x" x (1 << 30); print length $x']
    await expect(
      runLimited('perl', greedy, { ...LIMITS, memoryBytes: 256 * 1024 ** 2 }),
    ).rejects.toBeInstanceOf(ProgramError)
    const large = `cat /usr/bin/perl /usr/bin/perl /usr/bin/perl > ${at('out/big')}`
    await expect(sh(large)).rejects.toBeInstanceOf(ProgramError)
    expect((await stat(at('out/big'))).size).toBeLessThanOrEqual(LIMITS.outputBytes)
    await rm(at('out/big'), { force: true })
  })

  it('knows none of our secrets', async () => {
    process.env.SECRET_CANARY = 'canary-secret'
    try {
      expect(await sh('export -p')).not.toContain('canary')
    } finally {
      delete process.env.SECRET_CANARY
    }
  })
})

/** One that ended and that nobody asked after is not running. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')
  return !/\) Z/.test(stat)
}
