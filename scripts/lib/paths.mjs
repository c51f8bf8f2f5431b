import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The top of the repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** `linux-x64` and the like, as the platform packages of npm are named. */
export const PLATFORM = `${process.platform}-${process.arch}`

export const NODE_FOLDER = join(ROOT, `toolchain/node_modules/node-${PLATFORM}/bin`)
export const PNPM_FOLDER = join(ROOT, `toolchain/node_modules/@pnpm/exe.${PLATFORM}`)

/** The Node that runs Anancus, whichever Node runs this script. */
export const NODE = join(NODE_FOLDER, 'node')
