import { isHash } from '../../http/param-tree.ts'
import { scalarAt } from '../../http/params.ts'
import type { PageCall } from '../page.ts'

/** A field of the forms about a user, which are named `user[…]` as in Mastodon. */
export function userField(call: Pick<PageCall, 'tree'>, name: string): string {
  const { user } = call.tree
  return isHash(user) ? (scalarAt(user, name) ?? '') : ''
}
