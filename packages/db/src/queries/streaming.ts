import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

export interface StreamFacts {
  author_domain: string | null
  /** Limited or suspended: heard by followers only. */
  author_hidden: boolean
  has_media: boolean
  /** Normalised names. */
  tags: string[]
}

const facts = statement<StreamFacts>(
  'stream_facts',
  `select a.domain as author_domain,
     (a.silenced_at is not null or a.suspended_at is not null) as author_hidden,
     exists (select 1 from media_attachments m where m.status_id = s.id) as has_media,
     array(select lower(t.name) from statuses_tags st join tags t on t.id = st.tag_id
       where st.status_id = s.id) as tags
   from statuses s join accounts a on a.id = s.account_id
   where s.id = $1`,
)

/** What decides to which public streams a status goes, deleted ones included. */
export async function streamFacts(db: Db, statusId: string): Promise<StreamFacts | null> {
  return (await facts(db, [statusId]))[0] ?? null
}

const localMentions = statement<{ account_id: string }>(
  'local_mentions_of_status',
  `select m.account_id from mentions m join accounts a on a.id = m.account_id and a.domain is null
   where m.status_id = $1`,
)

/** Those of our accounts whom a status names. */
export async function localMentionsOf(db: Db, statusId: string): Promise<string[]> {
  return (await localMentions(db, [statusId])).map((row) => row.account_id)
}

export interface StreamTieRow {
  kind: 'blocking' | 'blocked_by' | 'muting' | 'domain_blocking' | 'language'
  /** The other account, the domain, or the language. */
  other: string
  /** When a mute runs out. */
  expires_at: Date | null
}

const streamTies = statement<StreamTieRow>(
  'stream_ties',
  `select 'blocking' as kind, target_account_id::text as other, null::timestamptz(3) as expires_at
     from blocks where account_id = $1
   union all
   select 'blocked_by', account_id::text, null from blocks where target_account_id = $1
   union all
   select 'muting', target_account_id::text, expires_at from mutes where account_id = $1
   union all
   select 'domain_blocking', domain, null from account_domain_blocks where account_id = $1
   union all
   select 'language', unnest(chosen_languages), null from users where account_id = $1`,
)

/** All that decides which public statuses an account wants to see, whoever writes them. One statement. */
export async function streamTiesOf(db: Db, accountId: string): Promise<StreamTieRow[]> {
  return streamTies(db, [accountId])
}

const ownsList = statement<{ id: string }>(
  'list_of_account',
  'select id from lists where id = $1 and account_id = $2',
)

export async function isListOf(db: Db, listId: string, accountId: string): Promise<boolean> {
  return (await ownsList(db, [listId, accountId])).length > 0
}
