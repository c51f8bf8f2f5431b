import type { RequestHandler } from 'express'

const BAD_REQUEST = 400

/**
 * Refuses a request that names two hosts. Node takes the first; whoever stands before us may have taken the second.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function oneHost(): RequestHandler {
  return (req, res, next) => {
    if (countHosts(req.rawHeaders) <= 1) return next()
    res.statusCode = BAD_REQUEST
    res.setHeader('Connection', 'close')
    res.end()
  }
}

/** @param rawHeaders names and values in turn, as they came */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string
    if (name.length === 'host'.length && name.toLowerCase() === 'host') count += 1
  }
  return count
}
