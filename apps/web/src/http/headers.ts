import type { Config } from '@anancus/core/kernel/config'
import type { RequestHandler } from 'express'
import { isSecure } from './cookies.ts'

const TWO_YEARS_SECONDS = 63_072_000

/** Headers of every answer, whatever the door behind it. */
export function baseHeaders(config: Config): RequestHandler {
  const headers: Record<string, string> = {
    Server: 'Anancus',
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
    'X-XSS-Protection': '0',
    'Referrer-Policy': 'same-origin',
  }
  if (isSecure(config))
    headers['Strict-Transport-Security'] = `max-age=${TWO_YEARS_SECONDS}; includeSubDomains`
  const entries = Object.entries(headers)
  return (_req, res, next) => {
    for (const [name, value] of entries) res.setHeader(name, value)
    next()
  }
}
