import { getAccount, resolveAccount } from '@anancus/core/domain/accounts'
import { search } from '@anancus/core/domain/search'
import { getStatus } from '@anancus/core/domain/statuses'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { acct as shortAcct } from '@anancus/core/kernel/uris'
import { goTo, type PageCall } from '../page.ts'
import { forSignedIn } from '../require-signed-in.ts'
import { leadToReason } from './serve.ts'

const HANDLE = /^(?:acct:|web\+mastodon:\/\/follow\?uri=)?@?([^@\s/]+@[^@\s/]+)$/i

/** Where people arrive who pressed "follow" or "reply" on another server: what they meant, in their own client. */
export const authorizeInteraction = forSignedIn(async (call) => {
  if (leadToReason(call)) return
  const wanted = call.text('uri') || call.text('acct')
  const handle = HANDLE.exec(wanted)?.[1]
  const path = handle ? await pathOfHandle(call, handle) : await pathOfAddress(call, wanted)
  if (!path) throw new NotFoundError('Not Found')
  goTo(call, encodeURI(path))
})

async function pathOfHandle({ ctx }: PageCall, handle: string): Promise<string | null> {
  const account = await resolveAccount(ctx, handle)
  return account && `/@${shortAcct(account)}`
}

async function pathOfAddress(call: PageCall, address: string): Promise<string | null> {
  if (!/^https?:\/\//i.test(address) || !call.signedIn) return null
  const { viewer } = call.signedIn
  const found = await search(call.ctx, viewer, { q: address, resolve: true, limit: 1 })
  const [statusId] = found.statusIds
  const [accountId] = found.accountIds
  const [collectionId] = found.collectionIds
  if (statusId !== undefined) return pathOfStatus(call, statusId)
  if (collectionId !== undefined) return `/collections/${collectionId}`
  return accountId === undefined ? null : `/@${shortAcct(await getAccount(call.ctx, viewer, accountId))}`
}

async function pathOfStatus({ ctx, signedIn }: PageCall, id: string): Promise<string> {
  const status = await getStatus(ctx, signedIn?.viewer ?? null, id)
  const account = await getAccount(ctx, null, status.account_id)
  return `/@${shortAcct(account)}/${id}`
}
