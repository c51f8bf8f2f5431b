/** Bytes at the beginning of a page where it may name its encoding. */
const DECLARED_WITHIN = 4_096

const BOMS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
]

/**
 * The text of a page. Its encoding is that of its byte order mark, else what the server says, else what the page says
 * itself, else UTF-8; the first under which every byte has a meaning. A page that fits none is read as Western
 * European, as browsers do.
 *
 * @param contentType the header of the answer
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export function pageText(bytes: Buffer, contentType: string): string {
  for (const label of [bomOf(bytes), charsetIn(contentType), declaredIn(bytes), 'utf-8']) {
    const text = label === null ? null : decoded(bytes, label)
    if (text !== null) return text
  }
  return new TextDecoder('windows-1252').decode(bytes)
}

/** Null: no encoding we know, or not the encoding of these bytes. A character cut off at the end is left out. */
function decoded(bytes: Buffer, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return null // both are answers, not failures
  }
}

function bomOf(bytes: Buffer): string | null {
  return BOMS.find(([, bom]) => bom.every((byte, at) => bytes[at] === byte))?.[0] ?? null
}

const CHARSET = /charset\s*=\s*["']?([\w.:+-]{1,40})/i

export function charsetIn(contentType: string): string | null {
  return CHARSET.exec(contentType)?.[1] ?? null
}

/** `<meta charset>` and `<meta http-equiv>` are alike to this look at the first bytes. UTF-16 cannot be said in ASCII. */
function declaredIn(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, DECLARED_WITHIN)
  for (let at = head.search(/<meta/i); at !== -1; ) {
    const end = head.indexOf('>', at)
    const found = CHARSET.exec(head.slice(at, end === -1 ? at + 512 : end))?.[1]
    if (found) return /^utf-?16/i.test(found) ? 'utf-8' : found
    const next = head.slice(at + 5).search(/<meta/i)
    at = next === -1 ? -1 : at + 5 + next
  }
  return null
}
