import { dirname } from 'node:path'
import { areInstalled, type ProgramLimits, runLimited } from './limited-program.ts'

/**
 * Turns pictures of HEIC files, as telephones take them, into PNG files, by libheif's own program: the decoder we have
 * for pictures is built without the patented one. The target is the name of a file that ends in `.png`; a file of
 * several pictures becomes several, numbered before the ending.
 *
 * @throws ProgramError it is no such file, or went beyond a limit
 */
export async function heifToPng(path: string, target: string, limits: ProgramLimits): Promise<void> {
  await runLimited('heif-convert', [path, target], limits, { reads: [path], writes: [dirname(target)] })
}

let found: Promise<boolean> | null = null

/** Whether the program is installed (Debian: libheif-examples); looked up once. */
export async function hasHeif(): Promise<boolean> {
  found ??= areInstalled(['heif-convert', '--version'])
  return found
}
