import { acct } from '../../kernel/uris.ts'
import type { LogTarget } from './log-action.ts'
import type { ModeratedAccount } from './read-accounts.ts'

/** How the audit log names an account. */
export function accountTarget({ account }: Pick<ModeratedAccount, 'account'>): LogTarget {
  return { type: 'Account', id: account.id, humanIdentifier: acct(account) }
}

/** How it names a login: by its account, whose page it leads to. */
export function userTarget({ account, login }: ModeratedAccount): LogTarget {
  const id = login?.user.id ?? null
  return { type: 'User', id, humanIdentifier: acct(account), routeParam: account.id }
}
