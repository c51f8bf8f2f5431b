import { findShownActor } from '@anancus/core/domain/federation'
import { getSetting, preferencesOf } from '@anancus/core/domain/settings'
import { findUserByUsername } from '@anancus/core/domain/users'
import { renderAccount } from '@anancus/core/entities'
import { type Html } from '@anancus/core/kernel/text/html'
import { actorUri, fullAcct } from '@anancus/core/kernel/uris'
import type { AccountRow } from '@anancus/db'
import type { PageCall } from '../page.ts'
import { knownRemote, ownerOf, withoutOwnDomain } from './handle.ts'
import { ACTIVITY_TYPE, linkEntry, metaTags } from './meta-tags.ts'
import { profileTags, titleOfProfile } from './profile-tags.ts'
import { keepOut, serveClient } from './serve.ts'

/** A profile, local or remote, with all its tabs. What may not be seen is not found. */
export async function profilePage(call: PageCall): Promise<void> {
  if (keepOut(call)) return
  const short = withoutOwnDomain(call)
  if (short !== null) return call.res.redirect(302, short)
  const owner = ownerOf(call)
  if (owner.kind === 'remote') return remoteProfile(call, owner.handle)
  const { ctx, res } = call
  const account = await findShownActor(ctx, owner)
  const shown = await renderAccount(ctx, null, account.id)
  res.setHeader('Link', linksOf(call, account))
  await serveClient(call, {
    title: titleOfProfile(ctx.config, shown),
    isOpen: true,
    head: [...(await robotsOf(call, account)), ...profileTags(ctx.config, account, shown)],
  })
}

/**
 * Visitors are not shown copies of other servers' profiles: they go to the original, by a page that says so. For those
 * signed in the client asks, and finds also whom nobody here knew.
 */
async function remoteProfile(call: PageCall, handle: string): Promise<void> {
  if (call.signedIn) return serveClient(call, { title: `@${handle}`, head: metaTags({ robots: 'noindex' }) })
  const account = await knownRemote(call, handle)
  call.res.redirect(302, `/redirect/accounts/${account.id}`)
}

function linksOf({ ctx }: PageCall, account: AccountRow): string {
  const resource = encodeURIComponent(`acct:${fullAcct(ctx.config, account)}`)
  const finger = `${ctx.config.baseUrl}/.well-known/webfinger?resource=${resource}`
  return [
    linkEntry(finger, 'lrdd', 'application/jrd+json'),
    linkEntry(actorUri(ctx.config, account), 'alternate', ACTIVITY_TYPE),
  ].join(', ')
}

/** Keeps search engines away from those who wish it, or from all whose wish is not known. */
export async function robotsOf({ ctx }: PageCall, account: AccountRow): Promise<Html[]> {
  const owner = await findUserByUsername(ctx, account.username)
  const wish = owner && preferencesOf(owner.user).noindex
  const isHidden = wish ?? (await getSetting(ctx, 'noindex'))
  return isHidden ? metaTags({ robots: 'noindex, noarchive' }) : []
}
