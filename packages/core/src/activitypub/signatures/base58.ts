const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BASE = BigInt(ALPHABET.length)

/** Bytes in the alphabet of Bitcoin, as multibase `z` has it. Quadratic: for keys and signatures. */
export function base58(bytes: Buffer): string {
  let number = BigInt(`0x0${bytes.toString('hex')}`)
  let text = ''
  for (; number > 0n; number /= BASE) text = ALPHABET[Number(number % BASE)] + text
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros < 0 ? bytes.length : zeros) + text
}

/** The bytes of such a text, or null when it is none or longer than `limit` characters. */
export function fromBase58(text: string, limit: number): Buffer | null {
  if (text.length > limit) return null
  let number = 0n
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    number = number * BASE + BigInt(digit)
  }
  const hex = number === 0n ? '' : number.toString(16)
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')])
}
