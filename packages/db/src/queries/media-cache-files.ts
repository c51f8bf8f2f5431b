import type { Db } from '../connection.ts'
import { type Statement, statement } from '../statement.ts'
import { INTERACTED_HERE } from './cached-files.ts'
import type { CachedKind } from './media-cache.ts'

/** What is in the cache of remote media, file by file: in which order it would go, and what speaks for keeping it. */

export interface CachedFile {
  kind: CachedKind
  owner_id: string
  bytes: number
  /** 0: like any; 1: of somebody whom people here follow; 2: people here did something with its status. */
  worth: number
  used_at: Date
}

const next = statement<CachedFile>(
  'media_cache_files.next',
  `select kind, owner_id, (bytes + extra_bytes)::float8 as bytes, worth, used_at
   from media_cache_files
   where worth = $1 and kind = $2 and (used_at, owner_id) > ($3, $4)
   order by used_at, owner_id limit $5`,
)

/** Files of one kind and worth, unused for longest first, after one of them. */
export async function leastUsedFiles(
  db: Db,
  which: { worth: number; kind: CachedKind },
  after: Pick<CachedFile, 'used_at' | 'owner_id'> | null,
  limit: number,
): Promise<CachedFile[]> {
  const { used_at: usedAt, owner_id: ownerId } = after ?? { used_at: '-infinity', owner_id: '0' }
  return next(db, [which.worth, which.kind, usedAt, ownerId, limit])
}

const toJudge = statement<CachedFile>(
  'media_cache_files.to_judge',
  `select kind, owner_id, (bytes + extra_bytes)::float8 as bytes, worth, used_at
   from media_cache_files
   where worth > 0 and judged_at < $1
   order by judged_at limit $2`,
)

/** Files of some worth that were judged longest ago, before a time. */
export async function filesToJudge(db: Db, before: Date, limit: number): Promise<CachedFile[]> {
  return toJudge(db, [before, limit])
}

/** What is known of a file when it is to go. */
export interface Judgement {
  owner_id: string
  worth: number
  /** The last sign of use; null where there is none but that it was fetched. */
  used_at: Date | null
}

const FOLLOWED = (account: string) => `exists (
       select from follows f join accounts a on a.id = f.account_id and a.domain is null
       where f.target_account_id = ${account})`

const ofAttachments = statement<Judgement>(
  'media_cache_files.judge_attachments',
  `select m.id as owner_id,
     case when ${INTERACTED_HERE} then 2 when ${FOLLOWED('m.account_id')} then 1 else 0 end as worth,
     (select t.updated_at from status_stats t where t.status_id = m.status_id) as used_at
   from media_attachments m where m.id = any($1::bigint[])`,
)
const ofProfiles = statement<Judgement>(
  'media_cache_files.judge_profiles',
  `select o.id as owner_id, case when ${FOLLOWED('o.id')} then 1 else 0 end as worth,
     (select t.last_status_at from account_stats t where t.account_id = o.id) as used_at
   from accounts o where o.id = any($1::bigint[])`,
)
const ofEmojis = statement<Judgement>(
  'media_cache_files.judge_emojis',
  `select e.id as owner_id, 0 as worth, e.updated_at as used_at from custom_emojis e where e.id = any($1::bigint[])`,
)
const ofCards = statement<Judgement>(
  'media_cache_files.judge_cards',
  `select c.id as owner_id, 0 as worth, (
     select s.created_at from preview_cards_statuses l join statuses s on s.id = l.status_id
     where l.preview_card_id = c.id order by l.status_id desc limit 1) as used_at
   from preview_cards c where c.id = any($1::bigint[])`,
)

const JUDGES: Readonly<Record<CachedKind, Statement<Judgement>>> = {
  attachment: ofAttachments,
  avatar: ofProfiles,
  header: ofProfiles,
  emoji: ofEmojis,
  card: ofCards,
}

/** What speaks for keeping files of one kind. Those whose row is gone are not in the answer. */
export async function judgeFiles(
  db: Db,
  kind: CachedKind,
  ownerIds: readonly string[],
): Promise<Judgement[]> {
  const judgements = await JUDGES[kind](db, [ownerIds])
  // Who posts is seen with the avatar; the header only by who opens the profile.
  return kind === 'header' ? judgements.map((one) => ({ ...one, used_at: null })) : judgements
}

const save = statement<never>(
  'media_cache_files.save_judgements',
  `update media_cache_files f set worth = j.worth, used_at = greatest(f.used_at, j.used_at), judged_at = $5
   from unnest($2::bigint[], $3::int[], $4::timestamptz[]) as j (owner_id, worth, used_at)
   where f.kind = $1 and f.owner_id = j.owner_id`,
)

/** Notes what speaks for keeping files of one kind. */
export async function saveJudgements(
  db: Db,
  kind: CachedKind,
  judgements: readonly Judgement[],
  at: Date,
): Promise<void> {
  const ownerIds = judgements.map((one) => one.owner_id)
  const worths = judgements.map((one) => one.worth)
  const uses = judgements.map((one) => one.used_at)
  await save(db, [kind, ownerIds, worths, uses, at])
}

const forget = statement<never>(
  'media_cache_files.forget',
  'delete from media_cache_files where kind = $1 and owner_id = any($2::bigint[])',
)

/** Takes files out of the books, whose rows are gone. */
export async function forgetCachedFiles(
  db: Db,
  kind: CachedKind,
  ownerIds: readonly string[],
): Promise<void> {
  await forget(db, [kind, ownerIds])
}

const noteExtra = statement<never>(
  'media_cache_files.note_extra',
  'update media_cache_files set extra_bytes = $3 where kind = $1 and owner_id = $2',
)

/** Notes the size of what was stored beside the file that the row tells of: a preview, a still. */
export async function noteExtraBytes(
  db: Db,
  kind: CachedKind,
  ownerId: string,
  bytes: number,
): Promise<void> {
  await noteExtra(db, [kind, ownerId, bytes])
}

const names = statement<{ kind: CachedKind; owner_id: string; name: string | null }>(
  'media_cache_files.names',
  `select w.kind, w.owner_id, case w.kind
     when 'attachment' then (
       select '@' || a.username || '@' || a.domain from media_attachments m join accounts a on a.id = m.account_id
       where m.id = w.owner_id)
     when 'card' then (select c.url from preview_cards c where c.id = w.owner_id)
     when 'emoji' then (select ':' || e.shortcode || ': ' || e.domain from custom_emojis e where e.id = w.owner_id)
     else (select '@' || a.username || '@' || a.domain from accounts a where a.id = w.owner_id) end as name
   from unnest($1::text[], $2::bigint[]) as w (kind, owner_id)`,
)

/** Whose some files are, for people to read, by `kind/id`. */
export async function cachedFileNames(
  db: Db,
  files: readonly Pick<CachedFile, 'kind' | 'owner_id'>[],
): Promise<Map<string, string>> {
  const rows = await names(db, [files.map((file) => file.kind), files.map((file) => file.owner_id)])
  return new Map(rows.map((row) => [`${row.kind}/${row.owner_id}`, row.name ?? '']))
}
