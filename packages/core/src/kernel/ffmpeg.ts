import { areInstalled, type ProgramLimits, runLimited } from './limited-program.ts'

const ONLY_FILES = ['-protocol_whitelist', 'file,pipe']

/**
 * Runs ffmpeg within limits, as a process group of its own. It reaches files and pipes, never the network.
 *
 * @throws ProgramError it failed, or went beyond a limit
 */
export async function ffmpeg(args: readonly string[], limits: ProgramLimits): Promise<void> {
  await runLimited('ffmpeg', ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...args], limits)
}

/** Arguments that open a file as one container and nothing else. */
export function inputOf(path: string, demuxer: string): string[] {
  return [...ONLY_FILES, '-f', demuxer, '-i', `file:${path}`]
}

/** What ffprobe says of a file, as JSON. @throws ProgramError as `ffmpeg` */
export async function ffprobe(path: string, demuxer: string, limits: ProgramLimits): Promise<unknown> {
  const show = ['-loglevel', 'error', '-print_format', 'json', '-show_format', '-show_streams']
  const output = await runLimited('ffprobe', [...show, ...inputOf(path, demuxer)], limits)
  return JSON.parse(output)
}

let found: Promise<boolean> | null = null

/** Whether both programs are installed; looked up once. */
export async function hasFfmpeg(): Promise<boolean> {
  found ??= areInstalled(['ffmpeg', '-version'], ['ffprobe', '-version'])
  return found
}
