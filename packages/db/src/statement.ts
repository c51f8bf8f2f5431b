import { createHash } from 'node:crypto'
import type { Db } from './connection.ts'

/** A named SQL statement: planned once a connection, counted, and listed for `pnpm explain` and for review. */
export interface Statement<Row> {
  (db: Db, values: readonly unknown[]): Promise<Row[]>
  readonly label: string
  readonly text: string
}

interface PgConnection {
  query(query: { name?: string; text: string; values: readonly unknown[] }): Promise<{ rows: unknown[] }>
}

interface KnexClient {
  acquireConnection(): Promise<PgConnection>
  releaseConnection(connection: PgConnection): Promise<void>
}

const all = new Map<string, Statement<unknown>>()
/** Is told a statement and, where it is a named one, its values. */
export type StatementListener = (text: string, values?: readonly unknown[]) => void

const listeners = new Set<StatementListener>()
let named = true

/** PgBouncer before 1.21 in transaction mode knows no named statements: PREPARED_STATEMENTS=false. */
export function usePreparedStatements(use: boolean): void {
  named = use
}

/**
 * Defines a statement. Name the columns, never `*`: after a column is added, a named `select *` fails on every call of
 * a connection that planned it. Lists go in as one array parameter (`= any($1::bigint[])`), so that the text stays one.
 *
 * @param label what the statement is called in logs and plans; unique
 */
export function statement<Row>(label: string, text: string): Statement<Row> {
  if (all.has(label)) throw new Error(`Two statements are called ${label}.`)
  // The digest keeps one name for one text even while old and new code share a pooler.
  const name = `${label.slice(0, 46)}_${createHash('sha1').update(text).digest('hex').slice(0, 12)}`
  const run = async (db: Db, values: readonly unknown[]): Promise<Row[]> => {
    notifyStatement(text, values)
    const client = db.client as KnexClient
    const connection = await client.acquireConnection() // inside a transaction: its own connection
    try {
      const result = await connection.query(named ? { name, text, values } : { text, values })
      return result.rows as Row[]
    } finally {
      await client.releaseConnection(connection)
    }
  }
  const defined: Statement<Row> = Object.assign(run, { label, text })
  all.set(label, defined as Statement<unknown>)
  return defined
}

/** Every statement defined by the modules loaded so far, by label. */
export function definedStatements(): ReadonlyMap<string, Statement<unknown>> {
  return all
}

const TRANSACTION_WORDS = /^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)/i

/** Tells every listener that a statement goes out; transaction words are not counted as statements. */
export function notifyStatement(text: string, values?: readonly unknown[]): void {
  if (listeners.size === 0 || TRANSACTION_WORDS.test(text)) return
  for (const listener of listeners) listener(text, values)
}

/** Calls `listener` for each statement from now on, in this process; returns how to stop. */
export function onStatement(listener: StatementListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The columns of a table for a select list: `columns(accountColumns, 'a')` is `a.id, a.username, …`. */
export function columns(names: readonly string[], alias?: string): string {
  return names.map((name) => (alias ? `${alias}.${name}` : name)).join(', ')
}
