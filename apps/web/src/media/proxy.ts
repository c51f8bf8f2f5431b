import { proxiedMediaUrl } from '@anancus/core/domain/statuses'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError, RateLimitedError, UserRequiredError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { addressBucket, countUse } from '@anancus/core/kernel/rate-limit'
import type { Request, RequestHandler } from 'express'
import { writeError } from '../http/respond.ts'
import { sessionViewerOf } from '../http/session.ts'

/**
 * `GET /media_proxy/:id/:style`: brings a remote attachment into our store if it is not there, and sends the browser to
 * it. What hangs on a status that the visitor may not see is not found.
 */
export function mediaProxy(ctx: Ctx): RequestHandler {
  return async (req, res) => {
    try {
      const { id, style = 'original' } = req.params as { id: string; style?: string }
      if (!isId(id) || (style !== 'original' && style !== 'small')) throw new NotFoundError('Not Found')
      await count(ctx, req)
      const viewer = await sessionViewerOf(ctx, req, false)
      if (ctx.config.env.LIMITED_FEDERATION_MODE && !viewer) throw new UserRequiredError()
      const { url, isPublic } = await proxiedMediaUrl(ctx, viewer, id, style)
      res.setHeader('Cache-Control', isPublic ? 'public, max-age=300' : 'private, no-store')
      res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      res.redirect(302, url)
    } catch (error) {
      writeError(res, error)
    }
  }
}

/** @throws RateLimitedError; while nobody counts, pictures are shown */
async function count(ctx: Ctx, req: Request): Promise<void> {
  const state = await countUse(ctx, 'media-proxy', addressBucket(req.ip ?? '')).catch((error: unknown) => {
    ctx.log.warn({ error }, 'rate limits could not be counted')
    return null
  })
  if (state?.exceeded) throw new RateLimitedError(state.resetAt)
}
