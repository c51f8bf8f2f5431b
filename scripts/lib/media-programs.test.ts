import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingMediaPrograms } from './media-programs.mjs'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anancus-programs-'))
})
afterAll(() => rm(folder, { recursive: true }))

const install = async (name: string) => {
  await writeFile(join(folder, name), '#!/bin/sh\n')
  await chmod(join(folder, name), 0o755)
}

it('says which packages are missing, what they are for, and nothing when all are there', async () => {
  expect(missingMediaPrograms(folder)).toEqual([
    expect.stringMatching(/^ffmpeg \(apt-get install ffmpeg\): .*films and sounds are refused/),
    expect.stringMatching(/^heif-convert \(apt-get install libheif-examples\): .*HEIC pictures are refused/),
  ])
  await install('ffmpeg')
  await install('heif-convert')
  // Debian has both in one package; other systems may not.
  expect(missingMediaPrograms(folder)).toHaveLength(1)
  await install('ffprobe')
  expect(missingMediaPrograms(folder)).toEqual([])
})
