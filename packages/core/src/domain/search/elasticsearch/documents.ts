import {
  type AccountDocumentRow,
  accountSearchDocuments,
  type InstanceDocumentRow,
  instanceSearchDocuments,
  type StatusDocumentRow,
  statusSearchDocuments,
  type TagDocumentRow,
  tagSearchDocuments,
} from '@anancus/db/queries/search-documents'
import type { Ctx } from '../../../kernel/context.ts'
import { plainText } from '../../../kernel/text/plain-text.ts'
import { EVERYBODY, type IndexName } from './indices.ts'

/** What an index has to say of one id: a document, or nothing, as of `version`. */
export interface Entry {
  id: string
  /** When it was read, in microseconds: the later one wins. */
  version: number
  document: object | null
}

/** Reads what an index has to say of these ids, in one statement. */
export async function readEntries(ctx: Ctx, index: IndexName, ids: readonly string[]): Promise<Entry[]> {
  return (await readEntriesOf(ctx, [index], ids)).get(index) ?? []
}

/** The same of several indices that are filled from one table. */
export async function readEntriesOf(
  ctx: Ctx,
  indices: readonly IndexName[],
  ids: readonly string[],
): Promise<Map<IndexName, Entry[]>> {
  const rows = await READERS[indices[0] as IndexName](ctx, ids)
  return new Map(
    indices.map((index) => [
      index,
      rows.map((row) => ({
        id: row.id,
        version: Number(row.version),
        document: row.is_there ? RENDERERS[index](row as never) : null,
      })),
    ]),
  )
}

type Row = { id: string; version: string; is_there: boolean }

const readStatuses = (ctx: Ctx, ids: readonly string[]) => statusSearchDocuments(ctx.db, ids)

const READERS: Record<IndexName, (ctx: Ctx, ids: readonly string[]) => Promise<Row[]>> = {
  accounts: (ctx, ids) => accountSearchDocuments(ctx.db, ids),
  instances: (ctx, ids) => instanceSearchDocuments(ctx.db, ids),
  public_statuses: readStatuses,
  statuses: readStatuses,
  tags: (ctx, ids) => tagSearchDocuments(ctx.db, ids),
}

const RENDERERS: Record<IndexName, (row: never) => object | null> = {
  accounts: (row: AccountDocumentRow) => ({
    id: row.id,
    username: row.username,
    display_name: row.display_name,
    ...(row.domain === null ? {} : { domain: row.domain }),
    text: textOf(row.note, row.is_local),
    properties: row.properties,
    followers_count: Number(row.followers_count),
    following_count: Number(row.following_count),
    ...(row.last_status_at ? { last_status_at: row.last_status_at.toISOString() } : {}),
  }),
  instances: (row: InstanceDocumentRow) => ({ domain: row.id, accounts_count: Number(row.accounts_count) }),
  public_statuses: (row: StatusDocumentRow) => (row.is_public ? statusDocument(row, [EVERYBODY]) : null),
  statuses: (row: StatusDocumentRow) =>
    row.searchable_by.length > 0 ? statusDocument(row, row.searchable_by) : null,
  tags: (row: TagDocumentRow) => ({
    id: row.id,
    name: row.name,
    length: [...row.name].length,
    reviewed: row.is_reviewed,
    ...(row.last_status_at ? { last_status_at: row.last_status_at.toISOString() } : {}),
  }),
}

function statusDocument(row: StatusDocumentRow, searchableBy: readonly string[]): object {
  const text = [row.spoiler_text, textOf(row.text, row.is_local), ...row.options, ...row.descriptions]
  return {
    id: row.id,
    account_id: row.account_id,
    searchable_by: searchableBy,
    text: text.filter(Boolean).join('\n\n'),
    tags: row.tags,
    ...(row.language === null ? {} : { language: row.language }),
    properties: row.properties,
    created_at: row.created_at.toISOString(),
  }
}

/** What people here wrote is kept as they typed it, what came from elsewhere is HTML. */
function textOf(text: string, isLocal: boolean): string {
  return isLocal ? text : plainText(text)
}
