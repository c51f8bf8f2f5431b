import { BadRequestError } from '@anancus/core/kernel/errors'

/**
 * Just enough of tar for archives of small pictures: plain files, long names of GNU and POSIX.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */

const BLOCK = 512
const NAME = { from: 0, length: 100 }
const SIZE = { from: 124, length: 12 }
const CHECKSUM = { from: 148, length: 8 }
const TYPE_AT = 156
const MAGIC_AT = 257
const PREFIX = { from: 345, length: 155 }
/** Of a name that stands in a block of its own. */
const MAX_NAME_BYTES = 64 * 1024

export interface TarFile {
  name: string
  /** Null: larger than wanted, and left out unread. */
  body: Buffer | null
}

/**
 * Reads the plain files of an archive, one after the other. Folders, links and devices are left out.
 *
 * @throws BadRequestError not a tar archive, or one that ends in the middle
 */
export async function* readTar(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<TarFile> {
  const reader = blockReader(source)
  let longName: string | null = null
  for (;;) {
    const header = await reader.take(BLOCK)
    if (header === null || header.every((byte) => byte === 0)) return
    checkHeader(header)
    const size = numberIn(header, SIZE)
    const type = String.fromCharCode(header[TYPE_AT] ?? 0)
    if (type === 'L' || type === 'x') {
      const text = (await reader.takePadded(Math.min(size, MAX_NAME_BYTES), size))?.toString() ?? ''
      longName = type === 'L' ? text.replace(/\0.*$/s, '') : (posixPath(text) ?? longName)
      continue
    }
    const isFile = type === '0' || type === '\0'
    const body = await reader.takePadded(isFile && size <= maxBytes ? size : 0, size)
    if (isFile) yield { name: longName ?? nameIn(header), body: size <= maxBytes ? body : null }
    longName = null
  }
}

/** The block before a file's bytes, and the zeros after them. */
export function tarFile(name: string, body: Buffer): Buffer {
  const header = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) > NAME.length)
    throw new BadRequestError(`The name ${name} is too long for an archive.`)
  header.write(name, NAME.from)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, SIZE.from)
  header.write('00000000000\0', 136)
  header.write('0', TYPE_AT)
  header.write('ustar\x0000', MAGIC_AT, 'latin1')
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, CHECKSUM.from)
  return Buffer.concat([header, body, Buffer.alloc(paddingOf(body.length))])
}

/** What an archive ends with. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

function checkHeader(header: Buffer): void {
  if (numberIn(header, CHECKSUM) !== checksumOf(header)) throw new BadRequestError('Not a tar archive.')
}

/** The sum of all bytes of a header, its own place read as spaces. */
function checksumOf(header: Buffer): number {
  const end = CHECKSUM.from + CHECKSUM.length
  return header.reduce((sum, byte, at) => sum + (at >= CHECKSUM.from && at < end ? 32 : byte), 0)
}

function textIn(header: Buffer, { from, length }: { from: number; length: number }): string {
  return header.toString('utf8', from, from + length).replace(/\0.*$/s, '')
}

function numberIn(header: Buffer, place: { from: number; length: number }): number {
  const value = Number.parseInt(textIn(header, place).trim() || '0', 8)
  if (!Number.isSafeInteger(value) || value < 0) throw new BadRequestError('Not a tar archive.')
  return value
}

function nameIn(header: Buffer): string {
  const isPosix = header.toString('latin1', MAGIC_AT, MAGIC_AT + 6) === 'ustar\0'
  const prefix = isPosix ? textIn(header, PREFIX) : ''
  const name = textIn(header, NAME)
  return prefix ? `${prefix}/${name}` : name
}

function posixPath(records: string): string | null {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records)?.[1] ?? null
}

function blockReader(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  /** Null at the end of the archive. */
  const take = async (bytes: number): Promise<Buffer | null> => {
    const parts = [held]
    let length = held.length
    while (length < bytes) {
      const next = await chunks.next()
      if (next.done) {
        if (length === 0) return null
        throw new BadRequestError('The archive ends in the middle.')
      }
      parts.push(next.value)
      length += next.value.length
    }
    const whole = parts.length === 1 ? held : Buffer.concat(parts)
    held = whole.subarray(bytes)
    return whole.subarray(0, bytes)
  }
  const skip = async (bytes: number): Promise<void> => {
    for (let left = bytes; left > 0; left -= BLOCK) await take(Math.min(left, BLOCK))
  }
  return {
    take,
    /** The first `wanted` bytes of `size`, and past the zeros behind them. */
    takePadded: async (wanted: number, size: number): Promise<Buffer | null> => {
      const body = wanted === 0 ? Buffer.alloc(0) : await take(wanted)
      await skip(size - wanted + paddingOf(size))
      return body
    },
  }
}
