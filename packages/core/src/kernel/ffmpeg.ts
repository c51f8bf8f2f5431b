import { dirname } from 'node:path'
import { areInstalled, type ProgramLimits, runLimited } from './limited-program.ts'

const ONLY_FILES = ['-protocol_whitelist', 'file,pipe']
const INPUT = 'file:'

/** What films, sounds and covers are made with; every other decoder stays shut, and what it would have done wrong. */
const FILM_CODECS = ['h264', 'hevc', 'vp8', 'vp9', 'mpeg4', 'h263', 'theora', 'mjpeg', 'png', 'gif', 'prores']
const WINDOWS_CODECS = ['wmv1', 'wmv2', 'wmv3', 'vc1', 'msmpeg4', 'msmpeg4v3', 'wmav1', 'wmav2', 'wmapro']
const SOUND_CODECS = [
  'aac',
  'mp3',
  'vorbis',
  'opus',
  'flac',
  'alac',
  'speex',
  'ac3',
  'eac3',
  'amrnb',
  'amrwb',
]
const PCM_CODECS = [
  'u8',
  's16le',
  's16be',
  's24le',
  's24be',
  's32le',
  's32be',
  'f32le',
  'f64le',
  'alaw',
  'mulaw',
]
/** Decoders that go by another name than what they decode. */
const DECODERS = ['mp3float', 'libdav1d', 'libaom-av1', 'libvorbis', 'libopus']
const ADPCM_CODECS = ['adpcm_ms', 'adpcm_ima_wav', 'adpcm_ima_qt']
const CODECS: ReadonlySet<string> = new Set([
  ...FILM_CODECS,
  ...WINDOWS_CODECS,
  ...SOUND_CODECS,
  ...PCM_CODECS.map((name) => `pcm_${name}`),
  ...ADPCM_CODECS,
  'av1',
  'amr_nb',
  'amr_wb',
])

/** Whether streams of a kind, by ffmpeg's name, are opened. */
export function isCodecAllowed(name: string): boolean {
  return CODECS.has(name)
}

/**
 * Runs ffmpeg within limits, as a process group of its own. It reaches the files of its arguments (the last of which is
 * what it writes), never the network.
 *
 * @throws ProgramError it failed, or went beyond a limit
 */
export async function ffmpeg(args: readonly string[], limits: ProgramLimits): Promise<void> {
  const reads = args.flatMap((one) => (one.startsWith(INPUT) ? [one.slice(INPUT.length)] : []))
  const writes = args.slice(-1).map(dirname)
  const quiet = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y']
  await runLimited('ffmpeg', [...quiet, ...args], limits, { reads, writes })
}

/** Arguments that open a file as one container of streams we know, and nothing else. */
export function inputOf(path: string, demuxer: string): string[] {
  const known = ['-format_whitelist', demuxer, '-codec_whitelist', [...CODECS, ...DECODERS].join(',')]
  return [...ONLY_FILES, ...known, '-f', demuxer, '-i', INPUT + path]
}

/** What ffprobe says of a file, as JSON. @throws ProgramError as `ffmpeg` */
export async function ffprobe(path: string, demuxer: string, limits: ProgramLimits): Promise<unknown> {
  const show = ['-loglevel', 'error', '-print_format', 'json', '-show_format', '-show_streams']
  const output = await runLimited('ffprobe', [...show, ...inputOf(path, demuxer)], limits, { reads: [path] })
  return JSON.parse(output)
}

let found: Promise<boolean> | null = null

/** Whether both programs are installed; looked up once. */
export async function hasFfmpeg(): Promise<boolean> {
  found ??= areInstalled(['ffmpeg', '-version'], ['ffprobe', '-version'])
  return found
}
