import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import {
  type DomainAllowRow,
  type DomainBlockRow,
  domainAllowColumns,
  domainBlockColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** What administrators decided about servers: `domain_blocks`, and `domain_allows` of limited federation. */

const BLOCK = columns(domainBlockColumns)
const ALLOW = columns(domainAllowColumns)

const blockPage: PagedStatement<DomainBlockRow> = pagedStatement(
  'domain_moderation.block_page',
  (order) => `select ${BLOCK} from domain_blocks where id < $1 and id > $2 order by id ${order} limit $3`,
)

/** Lists domain blocks, newest first. */
export function domainBlockRows(db: Db, window: Window): Promise<DomainBlockRow[]> {
  return blockPage(db, window)
}

const blockById = statement<DomainBlockRow>(
  'domain_moderation.block_by_id',
  `select ${BLOCK} from domain_blocks where id = $1`,
)

export async function domainBlockById(db: Db, id: string): Promise<DomainBlockRow | null> {
  return (await blockById(db, [id]))[0] ?? null
}

const blockAmong = statement<DomainBlockRow>(
  'domain_moderation.block_among',
  `select ${BLOCK} from domain_blocks where domain = any($1::text[]) order by length(domain) desc limit 1`,
)

/** The block of the longest of some domains: a host and its parents. */
export async function domainBlockAmong(db: Db, domains: readonly string[]): Promise<DomainBlockRow | null> {
  return (await blockAmong(db, [domains]))[0] ?? null
}

/** What can be said of a block; the integers are those of `DOMAIN_BLOCK_SEVERITIES`. */
export type DomainBlockValues = Pick<
  DomainBlockRow,
  'severity' | 'reject_media' | 'reject_reports' | 'private_comment' | 'public_comment' | 'obfuscate'
>

const insertBlock = statement<DomainBlockRow>(
  'domain_moderation.block_insert',
  `insert into domain_blocks
     (domain, severity, reject_media, reject_reports, private_comment, public_comment, obfuscate, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
   on conflict (domain) do nothing returning ${BLOCK}`,
)

/** Null when the domain is blocked already. */
export async function insertDomainBlockRow(
  db: Db,
  domain: string,
  values: DomainBlockValues,
  now: Date,
): Promise<DomainBlockRow | null> {
  return (await insertBlock(db, [domain, ...valuesOf(values), now]))[0] ?? null
}

function valuesOf(values: DomainBlockValues): unknown[] {
  return [
    values.severity,
    values.reject_media,
    values.reject_reports,
    values.private_comment,
    values.public_comment,
    values.obfuscate,
  ]
}

const updateBlock = statement<DomainBlockRow>(
  'domain_moderation.block_update',
  `update domain_blocks set severity = $2, reject_media = $3, reject_reports = $4, private_comment = $5,
     public_comment = $6, obfuscate = $7, updated_at = $8
   where id = $1 returning ${BLOCK}`,
)

/** Null when the block is gone. */
export async function updateDomainBlockRow(
  db: Db,
  id: string,
  values: DomainBlockValues,
  now: Date,
): Promise<DomainBlockRow | null> {
  return (await updateBlock(db, [id, ...valuesOf(values), now]))[0] ?? null
}

const lockBlock = statement<DomainBlockRow>(
  'domain_moderation.block_lock',
  `select ${BLOCK} from domain_blocks where id = $1 for update`,
)

/** The block as it is now, and nobody changes it before the transaction ends. */
export async function lockDomainBlock(db: Db, id: string): Promise<DomainBlockRow | null> {
  return (await lockBlock(db, [id]))[0] ?? null
}

const deleteBlock = statement<{ id: string }>(
  'domain_moderation.block_delete',
  'delete from domain_blocks where id = $1 returning id',
)

export async function deleteDomainBlockRow(db: Db, id: string): Promise<boolean> {
  return (await deleteBlock(db, [id])).length > 0
}

const deleteBlocksOf = statement<{ domain: string }>(
  'domain_moderation.blocks_delete_of',
  'delete from domain_blocks where domain = any($1::text[]) returning domain',
)

/** Deletes the blocks of exactly these domains; returns how many. */
export async function deleteDomainBlocksOf(db: Db, domains: readonly string[]): Promise<number> {
  return (await deleteBlocksOf(db, [domains])).length
}

const blocked = statement<{ domain: string }>(
  'domain_moderation.blocked_domains',
  'select domain from domain_blocks where $1::int is null or severity = $1 order by domain',
)

/** Every domain that is blocked. @param severity only those of this one, an index in `DOMAIN_BLOCK_SEVERITIES` */
export async function blockedDomains(db: Db, severity: number | null = null): Promise<string[]> {
  return (await blocked(db, [severity])).map((row) => row.domain)
}

const allowPage: PagedStatement<DomainAllowRow> = pagedStatement(
  'domain_moderation.allow_page',
  (order) => `select ${ALLOW} from domain_allows where id < $1 and id > $2 order by id ${order} limit $3`,
)

/** Lists allowed domains, newest first. */
export function domainAllowRows(db: Db, window: Window): Promise<DomainAllowRow[]> {
  return allowPage(db, window)
}

const allowById = statement<DomainAllowRow>(
  'domain_moderation.allow_by_id',
  `select ${ALLOW} from domain_allows where id = $1`,
)

export async function domainAllowById(db: Db, id: string): Promise<DomainAllowRow | null> {
  return (await allowById(db, [id]))[0] ?? null
}

const allowOf = statement<DomainAllowRow>(
  'domain_moderation.allow_of',
  `select ${ALLOW} from domain_allows where domain = $1`,
)

export async function domainAllowOf(db: Db, domain: string): Promise<DomainAllowRow | null> {
  return (await allowOf(db, [domain]))[0] ?? null
}

const insertAllow = statement<DomainAllowRow>(
  'domain_moderation.allow_insert',
  `insert into domain_allows (domain) values ($1) on conflict (domain) do nothing returning ${ALLOW}`,
)

/** Null when the domain is allowed already. */
export async function insertDomainAllow(db: Db, domain: string): Promise<DomainAllowRow | null> {
  return (await insertAllow(db, [domain]))[0] ?? null
}

const deleteAllow = statement<{ id: string }>(
  'domain_moderation.allow_delete',
  'delete from domain_allows where id = $1 returning id',
)

export async function deleteDomainAllow(db: Db, id: string): Promise<boolean> {
  return (await deleteAllow(db, [id])).length > 0
}
