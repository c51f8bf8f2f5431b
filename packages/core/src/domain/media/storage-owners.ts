import { type FileOwner, fileOwners, OWNER_TABLES, type OwnerTable } from '@anancus/db/queries/stored-files'
import type { Ctx } from '../../kernel/context.ts'
import { type KeyParts, parseKey } from '../../kernel/storage/parse-key.ts'

/** What the database says of a file of a store. */
export interface Ownership {
  /** `unknown`: the key is none of ours; `orphan`: no row has such a file. */
  kind: 'owned' | 'orphan' | 'unknown'
  /** Nobody but us may read it. */
  isHidden: boolean
}

const UNKNOWN: Ownership = { kind: 'unknown', isHidden: false }

/** Finds out whose files some keys are. One statement for all of them. */
export async function ownersOf(ctx: Ctx, keys: readonly string[]): Promise<Map<string, Ownership>> {
  const parts = new Map(keys.map((key) => [key, parseKey(key)]))
  const ids = idsByTable([...parts.values()])
  const rows = Object.keys(ids).length > 0 ? await fileOwners(ctx.db, ids) : []
  const owners = new Map(rows.map((row) => [`${row.place}/${row.id}`, row]))
  return new Map([...parts].map(([key, part]) => [key, ownership(part, owners)]))
}

function idsByTable(parts: readonly (KeyParts | null)[]): Partial<Record<OwnerTable, string[]>> {
  const ids: Partial<Record<OwnerTable, Set<string>>> = {}
  for (const part of parts) if (part && isOwnerTable(part.table)) (ids[part.table] ??= new Set()).add(part.id)
  return Object.fromEntries(Object.entries(ids).map(([table, found]) => [table, [...found]]))
}

function ownership(part: KeyParts | null, owners: ReadonlyMap<string, FileOwner>): Ownership {
  if (!part || !isOwnerTable(part.table)) return UNKNOWN
  const owner = owners.get(`${part.table}/${part.attachment}/${part.id}`)
  if (!owner) return { kind: 'orphan', isHidden: part.table === 'backups' }
  const kind = owner.name !== null && isVersion(owner.name, part.fileName) ? 'owned' : 'orphan'
  return { kind, isHidden: owner.is_hidden }
}

function isOwnerTable(table: string): table is OwnerTable {
  return (OWNER_TABLES as readonly string[]).includes(table)
}

/** A still or a preview differs from the file it was made of in its extension alone. */
function isVersion(name: string, fileName: string): boolean {
  return withoutExtension(name) === withoutExtension(fileName)
}

function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
