import type {
  AccountRow,
  BookmarkRow,
  ConversationMuteRow,
  CustomFilterRow,
  Db,
  FavouriteRow,
  NotificationRow,
  StatusPinRow,
  StatusRow,
} from '../../src/index.ts'
import { insertRow, next } from './insert.ts'

type Ref = Pick<AccountRow, 'id'>
type StatusRef = Pick<StatusRow, 'id'>

/** A favourite that the status's counter knows of. */
export async function makeFavourite(
  db: Db,
  values: Partial<FavouriteRow> & { account: Ref; status: StatusRef },
): Promise<FavouriteRow> {
  const { account, status, ...columns } = values
  const row = await insertRow<FavouriteRow>(db, 'favourites', {
    account_id: account.id,
    status_id: status.id,
    ...columns,
  })
  await db('status_stats').where({ status_id: status.id }).increment('favourites_count', 1)
  return row
}

export async function makeBookmark(
  db: Db,
  values: { account: Ref; status: StatusRef },
): Promise<BookmarkRow> {
  return insertRow(db, 'bookmarks', { account_id: values.account.id, status_id: values.status.id })
}

export async function makePin(db: Db, values: { status: StatusRow }): Promise<StatusPinRow> {
  return insertRow(db, 'status_pins', { account_id: values.status.account_id, status_id: values.status.id })
}

export async function makeConversationMute(
  db: Db,
  values: { account: Ref; status: StatusRow },
): Promise<ConversationMuteRow> {
  return insertRow(db, 'conversation_mutes', {
    account_id: values.account.id,
    conversation_id: values.status.conversation_id,
  })
}

export type FilterValues = Partial<CustomFilterRow> & {
  account: Ref
  keywords?: readonly (string | { keyword: string; whole_word: boolean })[]
  statuses?: readonly StatusRef[]
}

/** A filter with its keywords and statuses; hides nothing but warns, at home, unless told otherwise. */
export async function makeFilter(db: Db, values: FilterValues): Promise<CustomFilterRow> {
  const { account, keywords = [], statuses = [], ...columns } = values
  const filter = await insertRow<CustomFilterRow>(db, 'custom_filters', {
    account_id: account.id,
    phrase: `Filter ${next()}`,
    context: ['home'],
    ...columns,
  })
  for (const keyword of keywords)
    await insertRow(db, 'custom_filter_keywords', {
      custom_filter_id: filter.id,
      ...(typeof keyword === 'string' ? { keyword, whole_word: true } : keyword),
    })
  for (const status of statuses)
    await insertRow(db, 'custom_filter_statuses', { custom_filter_id: filter.id, status_id: status.id })
  return filter
}

export type NotificationValues = Partial<NotificationRow> & {
  /** Whose notification it is. */
  account: Ref
  from: Ref
  type: string
  /** The row it is about: a favourite, a follow, a mention, a status, … */
  activity: { id: string }
}

const ACTIVITY_TYPES: Record<string, string> = {
  mention: 'Mention',
  status: 'Status',
  reblog: 'Status',
  update: 'Status',
  quoted_update: 'Status',
  quote: 'Quote',
  follow: 'Follow',
  follow_request: 'FollowRequest',
  favourite: 'Favourite',
  poll: 'Poll',
  'admin.sign_up': 'Account',
  'admin.report': 'Report',
  moderation_warning: 'AccountWarning',
}

export async function makeNotification(db: Db, values: NotificationValues): Promise<NotificationRow> {
  const { account, from, activity, ...columns } = values
  return insertRow(db, 'notifications', {
    account_id: account.id,
    from_account_id: from.id,
    activity_id: activity.id,
    activity_type: ACTIVITY_TYPES[values.type],
    ...columns,
  })
}
