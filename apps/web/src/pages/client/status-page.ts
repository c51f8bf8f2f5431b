import { findAccounts } from '@anancus/core/domain/accounts'
import { findShownStatus, StatusGoneError } from '@anancus/core/domain/federation'
import { getStatus, getVisibleStatus } from '@anancus/core/domain/statuses'
import { renderStatus } from '@anancus/core/entities'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { acct, statusUri } from '@anancus/core/kernel/uris'
import type { StatusRow } from '@anancus/db'
import type { PageCall } from '../page.ts'
import { knownRemote, ownerOf, withoutOwnDomain } from './handle.ts'
import { ACTIVITY_TYPE, linkEntry, metaTags } from './meta-tags.ts'
import { robotsOf } from './profile-page.ts'
import { keepOut, serveClient } from './serve.ts'
import { statusTags, titleOfStatus } from './status-tags.ts'

/** Shorter than other pages: posts are edited and deleted. */
const SHARED_SECONDS = 10

/** A post and its thread. Missing, hidden, deleted and somebody else's are all not found. */
export async function statusPage(call: PageCall): Promise<void> {
  if (keepOut(call)) return
  const short = withoutOwnDomain(call)
  if (short !== null) return call.res.redirect(302, short)
  const owner = ownerOf(call)
  if (owner.kind === 'remote') return remoteStatus(call, owner.handle)
  const { ctx, res } = call
  const { account, status } = await shownStatus(call, owner.name)
  if (status.reblog_of_id !== null) return toOwnAddress(call, status.id)
  const shown = await renderStatus(ctx, null, status.id)
  const uri = statusUri(ctx.config, status, account)
  res.setHeader('Link', linkEntry(uri, 'alternate', ACTIVITY_TYPE))
  const robots = shown.visibility === 'public' ? await robotsOf(call, account) : unlisted()
  await serveClient(call, {
    title: titleOfStatus(shown),
    isOpen: true,
    sharedSeconds: SHARED_SECONDS,
    head: [...robots, ...statusTags(ctx.config, uri, shown)],
  })
}

/** What is not for everybody to find is not for search engines either. */
function unlisted() {
  return metaTags({ robots: 'noindex, noarchive' })
}

/** @throws NotFoundError missing, hidden or deleted · ForbiddenError GoneError its author is suspended or gone */
async function shownStatus({ ctx, req, signedIn }: PageCall, name: string) {
  try {
    return await findShownStatus(ctx, { name }, String(req.params.id), signedIn?.viewer.account ?? null)
  } catch (error) {
    if (error instanceof StatusGoneError) throw new NotFoundError('Not Found')
    throw error
  }
}

async function remoteStatus(call: PageCall, handle: string): Promise<void> {
  if (call.signedIn) return serveClient(call, { title: `@${handle}`, head: metaTags({ robots: 'noindex' }) })
  const account = await knownRemote(call, handle)
  const status = await getStatus(call.ctx, null, idOf(call))
  if (status.account_id !== account.id) throw new NotFoundError('Not Found')
  call.res.redirect(302, `/redirect/statuses/${status.id}`)
}

/** `/statuses/1`: a post by its id alone, as older links have it. */
export async function statusById(call: PageCall): Promise<void> {
  if (keepOut(call)) return
  await toOwnAddress(call, idOf(call))
}

/** Leads to the page of what shows: a reblog has none of its own. */
async function toOwnAddress(call: PageCall, id: string): Promise<void> {
  const { proper } = await getVisibleStatus(call.ctx, call.signedIn?.viewer ?? null, id)
  call.res.redirect(302, await pathOf(call, proper))
}

async function pathOf({ ctx }: PageCall, status: Pick<StatusRow, 'id' | 'account_id'>): Promise<string> {
  const [author] = await findAccounts(ctx, [status.account_id])
  if (!author) throw new NotFoundError('Not Found')
  return `/@${acct(author)}/${status.id}`
}

function idOf(call: PageCall): string {
  const { id } = call.req.params
  if (!isId(id)) throw new NotFoundError('Not Found')
  return id
}
