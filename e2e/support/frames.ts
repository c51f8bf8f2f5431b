const TEXT = 1
const CLOSE = 8

/**
 * Reads the WebSocket frames of one direction as their bytes pass by: the text of each, and `null` for the close. Frames
 * in pieces are not put together: neither we nor the clients of Mastodon send any.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export function frameReader(onFrame: (text: string | null) => void): (bytes: Buffer) => void {
  let held: Buffer = Buffer.alloc(0)
  return (bytes) => {
    held = Buffer.concat([held, bytes])
    for (let frame = firstFrame(held); frame; frame = firstFrame(held)) {
      held = held.subarray(frame.end)
      if (frame.opcode === TEXT) onFrame(frame.payload.toString())
      else if (frame.opcode === CLOSE) onFrame(null)
    }
  }
}

function firstFrame(bytes: Buffer): { opcode: number; payload: Buffer; end: number } | null {
  if (bytes.length < 2) return null
  const isMasked = (bytes.readUInt8(1) & 0x80) !== 0
  const short = bytes.readUInt8(1) & 0x7f
  const sizeBytes = short === 127 ? 8 : short === 126 ? 2 : 0
  const start = 2 + sizeBytes + (isMasked ? 4 : 0)
  if (bytes.length < start) return null
  const long = sizeBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : short
  const length = sizeBytes === 2 ? bytes.readUInt16BE(2) : long
  if (bytes.length < start + length) return null
  const payload = Buffer.from(bytes.subarray(start, start + length))
  if (isMasked) {
    const mask = bytes.subarray(start - 4, start)
    for (let at = 0; at < payload.length; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0)
  }
  return { opcode: bytes.readUInt8(0) & 0x0f, payload, end: start + length }
}
