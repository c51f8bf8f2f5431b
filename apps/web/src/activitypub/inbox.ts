import { acceptDelivery, type InboxAddress, MAX_ACTIVITY_BYTES } from '@anancus/core/domain/inbox'
import type { Ctx } from '@anancus/core/kernel/context'
import { BadRequestError, PayloadTooLargeError } from '@anancus/core/kernel/errors'
import type { Request, RequestHandler } from 'express'
import { signedRequest } from './signed-request.ts'
import { writeDocumentError } from './write-document.ts'

/**
 * The door for other servers: reads the bytes as they came and hands them in. 202 means taken, not done.
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
      writeDocumentError(res, error)
    }
  }
}

/** The whole body, or 413 as soon as it is too long; the rest is not read. */
async function readBytes(req: Request): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > MAX_ACTIVITY_BYTES) throw tooLarge(req)
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > MAX_ACTIVITY_BYTES) throw tooLarge(req)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof PayloadTooLargeError) throw error
    throw new BadRequestError('The body ended early', error)
  }
  return Buffer.concat(chunks, length)
}

function tooLarge(req: Request): PayloadTooLargeError {
  req.res?.setHeader('Connection', 'close')
  return new PayloadTooLargeError()
}
