import { isHash } from '../../http/param-tree.ts'
import { scalarAt } from '../../http/params.ts'
import type { SignedIn } from '../../http/session.ts'
import { goTo, type PageCall, type PageHandler } from '../page.ts'
import { forSignedIn } from '../require-signed-in.ts'
import { standingOf } from '@anancus/core/domain/users'

export type OwnCall = PageCall & { signedIn: SignedIn }

/** A page for everybody who may act, and for those who only may not because their account has moved. */
export function forMovedToo(handler: (call: OwnCall) => Promise<void>): PageHandler {
  return forSignedIn(async (call) => {
    const { viewer } = call.signedIn
    const unmoved = { ...viewer, account: { ...viewer.account, moved_to_account_id: null } }
    if (standingOf(unmoved) === 'functional') return handler(call)
    goTo(call, '/auth/edit')
  })
}

/** A field of a form whose fields are named `group[…]`, as in Mastodon. */
export function fieldOf(call: Pick<PageCall, 'tree'>, group: string, name: string): string {
  const fields = call.tree[group]
  return isHash(fields) ? (scalarAt(fields, name) ?? '') : ''
}
