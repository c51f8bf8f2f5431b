import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from } from 'pg-copy-streams'
import type { Db } from '../../src/connection.ts'

/** A value of a row as COPY takes it; a list becomes a PostgreSQL array. */
export type Value = string | number | bigint | boolean | Date | null | readonly (string | bigint)[]

const CHUNK_CHARACTERS = 1 << 18

interface KnexClient {
  acquireConnection(): Promise<PoolClient>
  releaseConnection(connection: PoolClient): Promise<void>
}

/** Streams rows into a table by COPY: many times as fast as INSERT, and never all rows in memory. */
export async function copyInto(
  db: Db,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Value[]>,
): Promise<void> {
  const client = db.client as KnexClient
  const connection = await client.acquireConnection()
  try {
    const into = connection.query(from(`copy ${table} (${columns.join(', ')}) from stdin`))
    await pipeline(Readable.from(chunks(rows)), into)
  } finally {
    await client.releaseConnection(connection)
  }
}

function* chunks(rows: Iterable<readonly Value[]>): Generator<Buffer> {
  let text = ''
  for (const row of rows) {
    text += `${row.map(field).join('\t')}\n`
    if (text.length < CHUNK_CHARACTERS) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

/** @see https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS */
function field(value: Value): string {
  if (value === null) return '\\N'
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string') return escaped(value)
  if (Array.isArray(value)) return escaped(`{${value.map((item) => `"${item}"`).join(',')}}`)
  return String(value)
}

const SPECIAL: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => SPECIAL[character] as string)
}
