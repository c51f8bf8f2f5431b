import { lookupAccount } from '@anancus/core/domain/accounts'
import { getSetting, preferencesOf } from '@anancus/core/domain/settings'
import { findUserByUsername } from '@anancus/core/domain/users'
import { renderAccount } from '@anancus/core/entities'
import type { Account } from '@anancus/core/entities/types'
import { ForbiddenError, GoneError } from '@anancus/core/kernel/errors'
import { type Html, html } from '@anancus/core/kernel/text/html'
import { plainText } from '@anancus/core/kernel/text/plain-text'
import { accountUrl, actorUri, fullAcct, isLocal } from '@anancus/core/kernel/uris'
import type { AccountRow } from '@anancus/db'
import type { PageCall } from '../page.ts'
import { ACTIVITY_TYPE, alternate, linkEntry, metaTags, shorten } from './meta-tags.ts'
import { serveClient } from './serve.ts'

const DESCRIPTION_LENGTH = 500

/** A profile, local or remote, with all its tabs. What may not be seen is not found. */
export async function profilePage(call: PageCall): Promise<void> {
  const account = await lookupAccount(call.ctx, call.signedIn?.viewer ?? null, handleOf(call))
  if (!isLocal(account)) return remoteProfile(call, account)
  refuseSuspended(account)
  const shown = await renderAccount(call.ctx, null, account.id)
  call.res.setHeader('Link', linksOf(call, account))
  const name = shown.display_name || shown.username
  await serveClient(call, {
    title: `${name} (@${fullAcct(call.ctx.config, account)})`,
    isPublic: true,
    head: [...(await robotsOf(call, account)), ...profileTags(call, account, shown)],
  })
}

/**
 * The anonymous are not shown copies of other servers' profiles: they go to the original, by a page that says so.
 */
async function remoteProfile(call: PageCall, account: AccountRow): Promise<void> {
  if (!call.signedIn) return call.res.redirect(302, `/redirect/accounts/${account.id}`)
  await serveClient(call, { head: metaTags({ robots: 'noindex' }) })
}

/** `alice` or `bob@far.example` of `/@alice/media`. */
export function handleOf(call: PageCall): string {
  return String(call.req.params.acct)
}

/** @throws GoneError for good · ForbiddenError for a time */
export function refuseSuspended(account: AccountRow): void {
  if (account.suspended_at === null) return
  // Without keys nothing can come back: the account was deleted.
  if (account.private_key === null) throw new GoneError()
  throw new ForbiddenError('This account is suspended.')
}

function linksOf({ ctx }: PageCall, account: AccountRow): string {
  const { baseUrl } = ctx.config
  const finger = `${baseUrl}/.well-known/webfinger?resource=${encodeURIComponent(`acct:${fullAcct(ctx.config, account)}`)}`
  return [
    linkEntry(finger, 'lrdd', 'application/jrd+json'),
    linkEntry(actorUri(ctx.config, account), 'alternate', ACTIVITY_TYPE),
  ].join(', ')
}

/** Keeps search engines away from those who wish it. */
export async function robotsOf({ ctx }: PageCall, account: AccountRow): Promise<Html[]> {
  const viewer = await findUserByUsername(ctx, account.username)
  const wish = viewer && preferencesOf(viewer.user).noindex
  const isHidden = wish ?? (await getSetting(ctx, 'noindex'))
  return isHidden ? metaTags({ robots: 'noindex, noarchive' }) : []
}

function profileTags({ ctx }: PageCall, account: AccountRow, shown: Account): Html[] {
  const description = shorten(plainText(shown.note), DESCRIPTION_LENGTH)
  const name = shown.display_name || shown.username
  return [
    alternate(ACTIVITY_TYPE, actorUri(ctx.config, account)),
    ...shown.fields.flatMap(({ value }) => relMe(value)),
    ...metaTags({
      description,
      'og:site_name': ctx.config.localDomain,
      'og:type': 'profile',
      'og:url': accountUrl(ctx.config, account),
      'og:title': `${name} (@${fullAcct(ctx.config, account)})`,
      'og:description': description,
      'og:image': shown.avatar,
      'og:image:width': 400,
      'og:image:height': 400,
      'twitter:card': 'summary',
      'profile:username': fullAcct(ctx.config, account),
    }),
  ]
}

/** Says that the linked page is the same person's: it links back and is verified by that. */
function relMe(value: string): Html[] {
  const href = /href="(https:\/\/[^"]+)"/.exec(value)?.[1]
  return href
    ? [
        html`<link rel="me" type="text/html" href="${href.replaceAll('&amp;', '&')}">
`,
      ]
    : []
}
