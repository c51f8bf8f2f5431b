import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Files served as they are. */
export const PUBLIC_FOLDER = fileURLToPath(new URL('../../public', import.meta.url))
/** What the client's build wrote. */
export const CLIENT_FOLDER = fileURLToPath(new URL('../../client/dist', import.meta.url))

let digest: string | undefined

/** The stylesheet of the server-rendered pages, under an address that changes with it. */
export function stylesheetUrl(): string {
  digest ??= createHash('sha256')
    .update(readFileSync(`${PUBLIC_FOLDER}/pages.css`))
    .digest('hex')
    .slice(0, 12)
  return `/pages.css?v=${digest}`
}
