import { MAX_ACTIVITY_BYTES } from '@anancus/core/domain/inbox'
import { BadRequestError, PayloadTooLargeError } from '@anancus/core/kernel/errors'
import type { Request } from 'express'

/** The whole body as it came, or 413 as soon as it is too long; the rest is not read. */
export async function readBytes(req: Request): Promise<Buffer> {
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
