import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasHeif, heifToPng } from '../../kernel/heif.ts'
import { ProgramError } from '../../kernel/limited-program.ts'
import { type IdentifiedImage, invalidType, unverified } from './identify.ts'

/** What one run may take: time, address space, size of what it writes. */
const LIMITS = { seconds: 30, memoryBytes: 2 * 1024 ** 3, outputBytes: 256 * 1024 ** 2 } as const

/**
 * Runs work on a picture that our decoder can open: for a HEIC file on its first picture, upright, which is gone
 * afterwards; any other file as it is.
 *
 * @throws ValidationError it is broken, or nothing here can read it
 */
export async function withOpenable<T>(
  image: IdentifiedImage,
  work: (image: IdentifiedImage) => Promise<T>,
): Promise<T> {
  if (image.type !== 'image/heic') return work(image)
  if (!(await hasHeif())) throw invalidType()
  const folder = await mkdtemp(join(tmpdir(), 'anancus-heic-'))
  try {
    const path = await firstPicture(image.path, folder)
    return await work({ path, type: 'image/png', storedAs: image.storedAs })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function firstPicture(path: string, folder: string): Promise<string> {
  try {
    await heifToPng(path, join(folder, 'picture.png'), LIMITS)
  } catch (error) {
    throw error instanceof ProgramError ? Object.assign(unverified(), { cause: error }) : error
  }
  const [first] = (await readdir(folder)).filter((name) => /^picture(-\d+)?\.png$/.test(name)).sort()
  if (!first) throw unverified()
  return join(folder, first)
}
