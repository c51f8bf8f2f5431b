import { getAccount } from '@anancus/core/domain/accounts'
import { getCollection } from '@anancus/core/domain/collections'
import { getStatus } from '@anancus/core/domain/statuses'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { html } from '@anancus/core/kernel/text/html'
import { accountUrl, collectionUri, fullAcct, isLocal, statusUrl } from '@anancus/core/kernel/uris'
import { type PageCall, show } from '../page.ts'

/** "You are leaving": nobody is sent to another site without being told. */
export async function leavingToAccount(call: PageCall): Promise<void> {
  const account = await getAccount(call.ctx, null, idOf(call))
  if (account.suspended_at !== null) throw new NotFoundError('Not Found')
  const url = accountUrl(call.ctx.config, account)
  if (isLocal(account)) return call.res.redirect(302, new URL(url).pathname)
  await showLeaving(call, url, `the profile of @${fullAcct(call.ctx.config, account)}`)
}

export async function leavingToStatus(call: PageCall): Promise<void> {
  const status = await getStatus(call.ctx, null, idOf(call))
  const account = await getAccount(call.ctx, null, status.account_id)
  const url = statusUrl(call.ctx.config, status, account)
  if (url === null) throw new NotFoundError('Not Found')
  if (isLocal(account)) return call.res.redirect(302, new URL(url).pathname)
  await showLeaving(call, url, `a post by @${fullAcct(call.ctx.config, account)}`)
}

export async function leavingToCollection(call: PageCall): Promise<void> {
  const collection = await getCollection(call.ctx, null, idOf(call))
  if (collection.local) return call.res.redirect(302, `/collections/${collection.id}`)
  await showLeaving(call, collection.url ?? collectionUri(call.ctx.config, collection), 'this collection')
}

function idOf(call: PageCall): string {
  const { id } = call.req.params
  if (!isId(id)) throw new NotFoundError('Not Found')
  return id
}

async function showLeaving(call: PageCall, url: string, what: string): Promise<void> {
  const target = URL.parse(url)
  // Whatever another server called its address: only what a browser goes to without running anything.
  if (!target || !/^https?:$/.test(target.protocol)) throw new NotFoundError('Not Found')
  await show(call, {
    title: 'Leaving',
    body: html`<div class="card"><h1>You are leaving ${call.ctx.config.localDomain}</h1>
<p>The original of ${what} is on <strong>${target.host}</strong>.</p>
<div class="actions"><a class="button" href="${target.href}" rel="noopener noreferrer">Go there</a>
<a class="button secondary" href="/">Stay here</a></div></div>`,
  })
}
