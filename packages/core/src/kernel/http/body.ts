import type { Readable, Transform } from 'node:stream'
import zlib from 'node:zlib'

/** The answer holds more than the asker reads. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError'
  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`)
  }
}

/** The answer is compressed in a way we did not ask for. */
export class UnknownEncodingError extends Error {
  override readonly name = 'UnknownEncodingError'
}

const DECODERS: Record<string, () => Transform> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
  zstd: () => zlib.createZstdDecompress(),
}

/**
 * Reads a body to its end and decompresses it. Neither the bytes on the wire nor the decompressed ones may exceed
 * `maxBytes`; reading stops at the first byte too many, and what was read until then is the body if `isCut` says so.
 */
export async function readBody(
  stream: Readable,
  encoding: string | undefined,
  maxBytes: number,
  isCut = false,
): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase()
  if (!name || name === 'identity') return collect(stream, maxBytes, isCut)
  const decoder = DECODERS[name]?.()
  if (!decoder) {
    stream.on('error', () => {}) // giving it up is what we want
    stream.destroy()
    throw new UnknownEncodingError(`the body is encoded as ${name.slice(0, 40)}`)
  }
  let received = 0
  stream.on('data', (chunk: Buffer) => {
    received += chunk.length
    if (received > maxBytes) stream.destroy(new BodyTooLargeError(maxBytes))
  })
  stream.on('error', (error) => decoder.destroy(error))
  stream.pipe(decoder)
  try {
    return await collect(decoder, maxBytes, isCut)
  } finally {
    stream.destroy()
  }
}

async function collect(stream: Readable, maxBytes: number, isCut: boolean): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length
    chunks.push(chunk)
    if (length <= maxBytes) continue
    if (isCut) break
    throw new BodyTooLargeError(maxBytes) // leaving the loop destroys the stream
  }
  return Buffer.concat(chunks, Math.min(length, maxBytes))
}
