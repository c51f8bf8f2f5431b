import { readFile, writeFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { StartError } from '@anancus/core/kernel/errors'
import type { Answers } from './questions.ts'

const OWNER_ONLY = 0o600
const PLAIN = /^[A-Za-z0-9_./:@+-]*$/

/** Reads answers from a file in dotenv form. */
export async function readEnvFile(path: string): Promise<Answers> {
  try {
    return parseEnv(await readFile(path, 'utf8')) as Answers
  } catch (error) {
    throw new StartError(`The file ${path} cannot be read.`, error)
  }
}

/** Writes settings in dotenv form, readable by their owner only; never over an existing file. */
export async function writeEnvFile(path: string, settings: Answers): Promise<void> {
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name}=${PLAIN.test(value) ? value : quoted(value)}`,
  )
  try {
    await writeFile(
      path,
      `# Written by the set-up. Keep it secret and back it up: the secrets must never change.\n${lines.join('\n')}\n`,
      {
        mode: OWNER_ONLY,
        flag: 'wx',
      },
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new StartError(`${path} exists already. Move it away, or name another file with --output.`)
  }
}

/** dotenv knows no escapes in single quotes, so a value with one of them goes into double quotes. */
function quoted(value: string): string {
  return value.includes("'") ? `"${value.replaceAll('\n', '\\n')}"` : `'${value}'`
}
