import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { confining, PROGRAM_FOLDERS } from './confined-program.ts'

/** A program that reads foreign files said no, died, or took too much of something. */
export class ProgramError extends Error {
  override name = 'ProgramError'
}

export interface ProgramLimits {
  seconds: number
  /** Address space, which bounds what a bomb can take. */
  memoryBytes: number
  /** The largest file it may write. */
  outputBytes: number
}

const KIB = 1024
const ULIMIT_BLOCK = 512
/** A killed shell must not leave its child behind: the child takes its place. */
const LIMITED = 'ulimit -v "$1" && ulimit -f "$2" && ulimit -t "$3" && shift 3 && exec "$@"'

/** What a program may open besides itself and its libraries. */
export interface ProgramPlaces {
  /** Files it may read. */
  reads?: readonly string[]
  /** Folders in which it may do as it likes. */
  writes?: readonly string[]
}

/**
 * Runs a program within limits, as a process group of its own, and gives what it said. On Linux the kernel lets it open
 * the places it is given and nothing else, and no connection; elsewhere, and on kernels without Landlock, only its
 * arguments keep it to them.
 *
 * @throws ProgramError it failed, or went beyond a limit
 */
export async function runLimited(
  program: string,
  args: readonly string[],
  limits: ProgramLimits,
  places: ProgramPlaces = {},
): Promise<string> {
  const command = [...(await confining(program, places)), program, ...args]
  const bounds = [
    Math.ceil(limits.memoryBytes / KIB),
    Math.ceil(limits.outputBytes / ULIMIT_BLOCK),
    limits.seconds * 2,
  ]
  const child = spawn('sh', ['-c', LIMITED, 'sh', ...bounds.map(String), ...command], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: PROGRAM_FOLDERS },
  })
  const killer = setTimeout(() => killGroup(child.pid), limits.seconds * 1000)
  try {
    const closed = once(child, 'close')
    const [output, complaint, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      closed,
    ])
    if (code !== 0)
      throw new ProgramError(`${program} ended with ${signal ?? code}: ${complaint.slice(0, KIB)}`)
    return output
  } finally {
    clearTimeout(killer)
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // It ended in this very moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Whether programs are installed: each is run with what makes it do nothing. */
export async function areInstalled(...programs: [name: string, argument: string][]): Promise<boolean> {
  const limits = { seconds: 10, memoryBytes: 2 ** 32, outputBytes: ULIMIT_BLOCK }
  try {
    await Promise.all(programs.map(([name, argument]) => runLimited(name, [argument], limits)))
    return true
  } catch (error) {
    if (error instanceof ProgramError) return false
    throw error
  }
}
