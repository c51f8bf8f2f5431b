import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** The decoder said no, died, or took too much of something. */
export class FfmpegError extends Error {
  override name = 'FfmpegError'
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
/** Where systems keep their programs. The child gets nothing else of our environment, which holds secrets. */
const PROGRAM_FOLDERS = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin'
const ONLY_FILES = ['-protocol_whitelist', 'file,pipe']

/**
 * Runs ffmpeg within limits, as a process group of its own. It reaches files and pipes, never the network.
 *
 * @throws FfmpegError it failed, or went beyond a limit
 */
export async function ffmpeg(args: readonly string[], limits: ProgramLimits): Promise<void> {
  await run('ffmpeg', ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...args], limits)
}

/** Arguments that open a file as one container and nothing else. */
export function inputOf(path: string, demuxer: string): string[] {
  return [...ONLY_FILES, '-f', demuxer, '-i', `file:${path}`]
}

/** What ffprobe says of a file, as JSON. @throws FfmpegError as `ffmpeg` */
export async function ffprobe(path: string, demuxer: string, limits: ProgramLimits): Promise<unknown> {
  const show = ['-loglevel', 'error', '-print_format', 'json', '-show_format', '-show_streams']
  const output = await run('ffprobe', [...show, ...inputOf(path, demuxer)], limits)
  return JSON.parse(output)
}

let found: Promise<boolean> | null = null

/** Whether both programs are installed; looked up once. */
export async function hasFfmpeg(): Promise<boolean> {
  const limits = { seconds: 10, memoryBytes: 2 ** 32, outputBytes: ULIMIT_BLOCK }
  found ??= Promise.all([run('ffmpeg', ['-version'], limits), run('ffprobe', ['-version'], limits)]).then(
    () => true,
    () => false,
  )
  return found
}

async function run(program: string, args: readonly string[], limits: ProgramLimits): Promise<string> {
  const bounds = [
    Math.ceil(limits.memoryBytes / KIB),
    Math.ceil(limits.outputBytes / ULIMIT_BLOCK),
    limits.seconds * 2,
  ]
  const child = spawn('sh', ['-c', LIMITED, 'sh', ...bounds.map(String), program, ...args], {
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
      throw new FfmpegError(`${program} ended with ${signal ?? code}: ${complaint.slice(0, KIB)}`)
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
