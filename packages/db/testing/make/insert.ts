import type { Db } from '../../src/index.ts'

/** pg would write an array into these as a PostgreSQL array. */
const JSON_COLUMNS = new Set(['fields', 'file_meta', 'data', 'params'])

/** Inserts one row and gives it back whole; `undefined` columns get their defaults. */
export async function insertRow<Row>(db: Db, table: string, values: object): Promise<Row> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  const ready = given.map(([name, value]) => [
    name,
    JSON_COLUMNS.has(name) && value !== null ? JSON.stringify(value) : value,
  ])
  const rows = await db(table).insert(Object.fromEntries(ready)).returning('*')
  return rows[0] as Row
}

let serial = 0

/** A number that no other row of this process was made with. */
export function next(): number {
  serial += 1
  return serial
}
