import { echoSignature } from '@anancus/core/domain/inbox'
import type { Ctx } from '@anancus/core/kernel/context'
import { RateLimitedError } from '@anancus/core/kernel/errors'
import { addressBucket, countUse } from '@anancus/core/kernel/rate-limit'
import type { RequestHandler } from 'express'
import { addressOf } from '../http/address.ts'
import { readBytes } from './read-bytes.ts'
import { signedRequest } from './signed-request.ts'
import { writeDocumentError } from './write-document.ts'

/** Tells the developer of another server what we saw of a signed request, and why it did or did not verify. */
export function echo(ctx: Ctx): RequestHandler {
  return async (req, res) => {
    try {
      const { exceeded, resetAt } = await countUse(
        ctx,
        'federation-echo',
        addressBucket(addressOf(req) ?? ''),
      )
      if (exceeded) throw new RateLimitedError(resetAt)
      const body = await readBytes(req)
      const answer = Buffer.from(JSON.stringify(await echoSignature(ctx, signedRequest(req, body))))
      res.setHeader('Cache-Control', 'private, no-store')
      res.setHeader('Content-Type', 'application/json; charset=utf-8')
      res.setHeader('Content-Length', String(answer.length))
      res.end(answer)
    } catch (error) {
      writeDocumentError(res, error)
    }
  }
}
