import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '@anancus/core/kernel/config'
import { VERSION } from '@anancus/core/kernel/version'
import type { OpenApiDocument } from './document.ts'

/** The document as this server gives it out. */
export interface ServedDocument {
  document: OpenApiDocument
  bytes: Buffer
  etag: string
}

const FILE = new URL('openapi.gen.json', import.meta.url)
const served = new WeakMap<Config, ServedDocument>()

/** The description of the API with the address and version of this server in it. Read once. */
export function servedDocument(config: Config): ServedDocument {
  const known = served.get(config)
  if (known) return known
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as OpenApiDocument
  document.info.version = VERSION
  document.servers = [{ url: config.baseUrl }]
  const bytes = Buffer.from(JSON.stringify(document))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
  const made = { document, bytes, etag }
  served.set(config, made)
  return made
}
