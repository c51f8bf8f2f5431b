import { acceptDelivery, type InboxAddress, refusalOf } from '@anancus/core/domain/inbox'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Request, RequestHandler } from 'express'
import { readBytes } from './read-bytes.ts'
import { signedRequest } from './signed-request.ts'
import { writeDocumentError } from './write-document.ts'

/**
 * The door for other servers: reads the bytes as they came and hands them in. 202 means taken, not done; a refusal
 * says why, for people (`error`) and for programs (`reason`).
 *
 * @param address which inbox the path names
 * @see https://www.w3.org/TR/activitypub/#inbox
 */
export function inbox(ctx: Ctx, address: (req: Request) => InboxAddress): RequestHandler {
  return async (req, res) => {
    try {
      const body = await readBytes(req)
      await acceptDelivery(ctx, signedRequest(req, body), address(req))
      res.statusCode = 202
      res.setHeader('Cache-Control', 'private, no-store')
      res.setHeader('Content-Length', '0')
      res.end()
    } catch (error) {
      const refusal = refusalOf(error)
      writeDocumentError(res, error, refusal ? { reason: refusal.reason } : {})
    }
  }
}
