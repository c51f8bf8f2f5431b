import { execFile } from 'node:child_process'
import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ProgramPlaces } from './limited-program.ts'

/** Where systems keep their programs. A child gets nothing else of our environment, which holds secrets. */
export const PROGRAM_FOLDERS = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin'

const SCRIPT = join(import.meta.dirname, 'confine.pl')

/** What stands before a command for it to reach these places only; nothing where this system cannot do that. */
export async function confining(
  program: string,
  { reads = [], writes = [] }: ProgramPlaces,
): Promise<string[]> {
  if (!(await canConfine())) return []
  const home = await folderOf(program)
  const places = [
    ...(home ? [`x:${home}`] : []),
    ...reads.map((path) => `r:${path}`),
    ...writes.map((path) => `w:${path}`),
  ]
  return ['perl', SCRIPT, ...places, '--']
}

let found: Promise<boolean> | null = null

/** Whether programs can be kept to their places here; tried once. */
export async function canConfine(): Promise<boolean> {
  found ??= new Promise((resolve) => {
    const env = { PATH: PROGRAM_FOLDERS }
    execFile('perl', [SCRIPT, '--', 'true'], { env }, (error) => resolve(error === null))
  })
  return found
}

/** Where a program really lies, which may be beside the folders of the system; null for one that is not there. */
async function folderOf(program: string): Promise<string | null> {
  const paths = PROGRAM_FOLDERS.split(':').map((folder) => join(folder, program))
  const real = await Promise.all(paths.map((path) => realpath(path).catch(() => null)))
  const path = real.find((one) => one !== null)
  return path ? dirname(path) : null
}
