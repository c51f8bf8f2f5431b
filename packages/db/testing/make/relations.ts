import type {
  AccountDomainBlockRow,
  AccountNoteRow,
  AccountPinRow,
  AccountRow,
  BlockRow,
  Db,
  FollowRequestRow,
  FollowRow,
  ListRow,
  MuteRow,
} from '../../src/index.ts'
import { insertRow, next } from './insert.ts'

type Ref = Pick<AccountRow, 'id'>
/** Who does it, to whom. */
export type Pair<Row> = Partial<Row> & { account: Ref; target: Ref }

function pairColumns<Row>({ account, target, ...columns }: Pair<Row>): object {
  return { account_id: account.id, target_account_id: target.id, ...columns }
}

/** A follow that both counters know of. */
export async function makeFollow(db: Db, values: Pair<FollowRow>): Promise<FollowRow> {
  const follow = await insertRow<FollowRow>(db, 'follows', pairColumns(values))
  await db('account_stats').where({ account_id: values.account.id }).increment('following_count', 1)
  await db('account_stats').where({ account_id: values.target.id }).increment('followers_count', 1)
  return follow
}

export async function makeFollowRequest(db: Db, values: Pair<FollowRequestRow>): Promise<FollowRequestRow> {
  return insertRow(db, 'follow_requests', pairColumns(values))
}

export async function makeBlock(db: Db, values: Pair<BlockRow>): Promise<BlockRow> {
  return insertRow(db, 'blocks', pairColumns(values))
}

export async function makeMute(db: Db, values: Pair<MuteRow>): Promise<MuteRow> {
  return insertRow(db, 'mutes', pairColumns(values))
}

/** A server that `account` hides for itself. */
export async function makeDomainBlock(
  db: Db,
  values: { account: Ref; domain: string },
): Promise<AccountDomainBlockRow> {
  return insertRow(db, 'account_domain_blocks', { account_id: values.account.id, domain: values.domain })
}

export async function makeAccountNote(
  db: Db,
  values: Pair<AccountNoteRow> & { comment: string },
): Promise<AccountNoteRow> {
  return insertRow(db, 'account_notes', pairColumns(values))
}

/** `account` features `target` on its profile. */
export async function makeEndorsement(db: Db, values: Pair<AccountPinRow>): Promise<AccountPinRow> {
  return insertRow(db, 'account_pins', pairColumns(values))
}

/** A list with members, whom its owner should follow. */
export async function makeList(
  db: Db,
  values: Partial<ListRow> & { account: Ref; members?: readonly Ref[] },
): Promise<ListRow> {
  const { account, members = [], ...columns } = values
  const list = await insertRow<ListRow>(db, 'lists', {
    account_id: account.id,
    title: `List ${next()}`,
    ...columns,
  })
  for (const member of members) {
    const follow = await db<FollowRow>('follows')
      .where({ account_id: account.id, target_account_id: member.id })
      .first()
    await insertRow(db, 'list_accounts', {
      list_id: list.id,
      account_id: member.id,
      follow_id: follow?.id ?? null,
    })
  }
  return list
}
