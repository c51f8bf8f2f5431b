import { UnavailableError } from '@anancus/core/kernel/errors'
import type { RequestHandler } from 'express'

/** Requests a process answers at once; more than this only makes all of them late. */
const MAX_RUNNING = 512
const RETRY_AFTER_SECONDS = 5

/** Turns requests away while too many run: 503 with `Retry-After`, before anything is read. */
export function shed(maxRunning = MAX_RUNNING): RequestHandler {
  let running = 0
  return (_req, res, next) => {
    if (running >= maxRunning) {
      next(new UnavailableError(undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS, code: 'overloaded' }))
      return
    }
    running += 1
    res.once('close', () => {
      running -= 1
    })
    next()
  }
}
