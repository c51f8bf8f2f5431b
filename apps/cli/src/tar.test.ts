import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTar, TAR_END, tarFile } from './tar.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anancus-tar-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** In pieces that know nothing of blocks. */
async function* pieces(bytes: Buffer, size = 97) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function read(bytes: Buffer, maxBytes = 1_000_000) {
  const found: [string, string | null][] = []
  for await (const { name, body } of readTar(pieces(bytes), maxBytes))
    found.push([name, body?.toString() ?? null])
  return found
}

describe.each(['gnu', 'pax', 'ustar'])('an archive of tar, as %s', (format) => {
  it('is read: plain files, whatever the length of their names, nothing else', async () => {
    const deep = join(folder, format, 'd'.repeat(60), 'e'.repeat(60))
    mkdirSync(deep, { recursive: true })
    writeFileSync(join(deep, 'long.png'), 'long')
    writeFileSync(join(folder, format, 'a.png'), 'x'.repeat(513))
    writeFileSync(join(folder, format, 'empty.png'), '')
    symlinkSync('/etc/passwd', join(folder, format, 'link.png'))
    const archive = join(folder, `${format}.tar`)
    execFileSync('tar', [
      '--sort=name',
      `--format=${format}`,
      '-cf',
      archive,
      '-C',
      join(folder, format),
      '.',
    ])
    const bytes = readFileSync(archive)
    expect(await read(bytes)).toEqual([
      ['./a.png', 'x'.repeat(513)],
      [`./${'d'.repeat(60)}/${'e'.repeat(60)}/long.png`, 'long'],
      ['./empty.png', ''],
    ])
    expect((await read(bytes, 100)).map(([, body]) => body)).toEqual([null, 'long', ''])
  })
})

it('what is written is read by tar', () => {
  const archive = join(folder, 'ours.tar')
  writeFileSync(
    archive,
    Buffer.concat([tarFile('a.png', Buffer.from('one')), tarFile('b.gif', Buffer.alloc(512, 'y')), TAR_END]),
  )
  expect(execFileSync('tar', ['-tvf', archive]).toString()).toMatch(
    /-rw-r--r-- .* 3 .* a\.png\n.* 512 .* b\.gif\n$/,
  )
  expect(execFileSync('tar', ['-xOf', archive, 'a.png']).toString()).toBe('one')
})

it.each([
  ['nonsense', Buffer.alloc(1024, 'x'), 'Not a tar archive.'],
  [
    'one that ends in the middle',
    tarFile('a.png', Buffer.alloc(2000, 'x')).subarray(0, 1000),
    'The archive ends in the middle.',
  ],
])('refuses %s', async (_name, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(message)
})
