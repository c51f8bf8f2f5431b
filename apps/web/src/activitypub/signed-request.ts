import type { Request } from 'express'

const NONE = Buffer.alloc(0)

/** A request as signatures see it: what was on the wire, repeated headers joined. */
export function signedRequest(req: Request, body: Buffer = NONE) {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(req.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  return { method: req.method === 'HEAD' ? 'GET' : req.method, target: req.originalUrl, headers, body }
}
