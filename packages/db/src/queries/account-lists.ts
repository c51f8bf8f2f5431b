import type { Db } from '../connection.ts'
import { type ListRow, listColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const containing = statement<ListRow>(
  'lists_containing_account',
  `select ${columns(listColumns, 'l')} from lists l join list_accounts m on m.list_id = l.id
   where l.account_id = $1 and m.account_id = $2 order by l.id`,
)

/** The lists of `ownerId` that `memberId` is on. */
export function listsContaining(db: Db, ownerId: string, memberId: string): Promise<ListRow[]> {
  return containing(db, [ownerId, memberId])
}
