/** Letters of the Latin supplements without an ASCII base in Unicode's decomposition. */
const BASES = new Map(
  Array.from('ðdđdħhıiĸkŀlłlŉnŋnøoſsŧt'.matchAll(/(.)(.)/g), ([, from, to]) => [from, to]),
)
const INVALID = /[^\p{Alphabetic}\p{Nd}\u0e47-\u0e4e_\u00b7\u30fb\u200c]/gu

/** The name under which a hashtag is stored and found: full and half width made one, lower case, accents dropped. */
export function normalizeTagName(name: string): string {
  const lower = name.normalize('NFKC').toLowerCase()
  return lower.replace(/[\u00c0-\u017f]/g, asciiBase).replace(INVALID, '')
}

/** The name as its first user wrote it, without what cannot be in a hashtag. */
export function displayTagName(name: string): string {
  return name.replace(INVALID, '')
}

function asciiBase(character: string): string {
  const base = character.normalize('NFD').charAt(0)
  return /[a-z]/i.test(base) ? base : (BASES.get(character) ?? character)
}
