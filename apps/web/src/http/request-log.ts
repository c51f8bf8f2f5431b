import { randomUUID } from 'node:crypto'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Logger } from '@anancus/core/kernel/log'
import type { Request, RequestHandler } from 'express'

const GIVEN_ID = /^[\w-]{8,64}$/
const logs = new WeakMap<Request, Logger>()

/** The logger of a request: every line carries its id. */
export function logOf(req: Request, ctx: Ctx): Logger {
  return logs.get(req) ?? ctx.log
}

/**
 * Gives each request an id (the proxy's, when it sent a sensible one), answers with it, and logs one line at the end.
 * The query is left out: it may hold tokens.
 */
export function requestLog(ctx: Ctx): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id')
    const id = given !== undefined && GIVEN_ID.test(given) ? given : randomUUID()
    res.setHeader('X-Request-Id', id)
    const log = ctx.log.child({ request_id: id })
    logs.set(req, log)
    const start = process.hrtime.bigint()
    res.once('close', () => {
      if (req.path === '/health') return
      log.info({
        method: req.method,
        path: req.originalUrl.replace(/\?.*$/s, ''),
        status: res.statusCode,
        ms: Number(process.hrtime.bigint() - start) / 1e6,
        ...(res.writableFinished ? {} : { aborted: true }),
      })
    })
    next()
  }
}
