import { createHash } from 'node:crypto'

const BYTES = 32

/**
 * The digest of a set of actors, the same in whatever order: their ids' SHA-256, one over the other by exclusive or.
 * 64 hexadecimal digits; all zero for nobody.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md
 */
export function followersDigest(uris: Iterable<string>): string {
  const sum = Buffer.alloc(BYTES)
  for (const uri of new Set(uris)) {
    const digest = createHash('sha256').update(uri).digest()
    for (let at = 0; at < BYTES; at++) sum.writeUInt8(sum.readUInt8(at) ^ digest.readUInt8(at), at)
  }
  return sum.toString('hex')
}
