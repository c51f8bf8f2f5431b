import { readFile } from 'node:fs/promises'

/** Where Debian and its kin keep the certificates of the machine, with those its operator added. */
const SYSTEM_FILE = '/etc/ssl/certs/ca-certificates.crt'

/**
 * The certificates that may vouch for a mail server: those of the file, or of the machine where none is named. Undefined
 * leaves it to Node.js. @throws where a named file cannot be read: nothing else may vouch instead
 */
export async function readAuthorities(
  file: string | undefined,
  systemFile = SYSTEM_FILE,
): Promise<string | undefined> {
  if (file !== undefined) return await readFile(file, 'utf8')
  try {
    return await readFile(systemFile, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
