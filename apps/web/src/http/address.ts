import { isIP } from 'node:net'
import type { Request } from 'express'

/** Where a request comes from, as far as trusted proxies tell; IPv4 in its own form. Null on a Unix socket. */
export function addressOf(req: Request): string | null {
  const ip = (req.ip ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(ip) === 0 ? null : ip
}
