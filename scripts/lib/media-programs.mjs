import { findProgram } from './process.mjs'

const NEEDED = [
  [['ffmpeg', 'ffprobe'], 'ffmpeg', 'films and sounds are refused, and moving GIFs stay GIFs'],
  [['heif-convert'], 'libheif-examples', 'HEIC pictures are refused'],
]

/** What uploads cannot be on this machine, and what would change that; a line for each missing package. */
export function missingMediaPrograms(path = process.env.PATH) {
  return NEEDED.filter(([programs]) => programs.some((program) => !findProgram(program, path))).map(
    ([programs, debianPackage, consequence]) =>
      `${programs[0]} (apt-get install ${debianPackage}): until it is there, ${consequence}`,
  )
}
