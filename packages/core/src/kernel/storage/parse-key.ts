/** What a key of ours says: of which row it is a file, and which. */
export interface KeyParts {
  /** As its table is called. */
  table: string
  /** `files`, `avatars`, `images` … */
  attachment: string
  id: string
  style: string
  fileName: string
}

const SHAPE = /^(?:cache\/)?([a-z_]+)\/([a-z_]+)\/((?:\d{3}\/){3,7})([^/]+)\/([^/]+)$/

/** Reads a key back into what it was made of; null for one that none of our rows can have. */
export function parseKey(key: string): KeyParts | null {
  const [, table, attachment, digits, style, fileName] = SHAPE.exec(key) ?? []
  if (!table || !attachment || !digits || !style || !fileName) return null
  const id = BigInt(digits.replaceAll('/', ''))
  if (id > LARGEST_ID) return null
  return { table, attachment, id: id.toString(), style, fileName }
}

/** Of a bigint of the database. */
const LARGEST_ID = 9_223_372_036_854_775_807n
