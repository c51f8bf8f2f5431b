import { lookupAccount } from '@anancus/core/domain/accounts'
import { getStatus } from '@anancus/core/domain/statuses'
import { renderAccount, renderStatus } from '@anancus/core/entities'
import type { Account, Status } from '@anancus/core/entities/types'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import type { Html } from '@anancus/core/kernel/text/html'
import { plainText } from '@anancus/core/kernel/text/plain-text'
import { fullAcct, isLocal, statusUri } from '@anancus/core/kernel/uris'
import type { PageCall } from '../page.ts'
import { ACTIVITY_TYPE, alternate, linkEntry, metaTags, shorten } from './meta-tags.ts'
import { handleOf, refuseSuspended, robotsOf } from './profile-page.ts'
import { serveClient } from './serve.ts'

const TITLE_LENGTH = 50
const DESCRIPTION_LENGTH = 500
/** Shorter than other pages: posts are edited and deleted. */
const SHARED_SECONDS = 10

/** A post and its thread. Missing, hidden and somebody else's are all not found. */
export async function statusPage(call: PageCall): Promise<void> {
  const { ctx, signedIn } = call
  const id = String(call.req.params.id)
  if (!isId(id)) throw new NotFoundError('Not Found')
  const viewer = signedIn?.viewer ?? null
  const account = await lookupAccount(ctx, viewer, handleOf(call))
  if (isLocal(account)) refuseSuspended(account)
  const status = await getStatus(ctx, viewer, id)
  if (status.account_id !== account.id) throw new NotFoundError('Not Found')
  if (!isLocal(account)) {
    if (!signedIn) return call.res.redirect(302, `/redirect/statuses/${id}`)
    return serveClient(call, { head: metaTags({ robots: 'noindex' }) })
  }
  if (status.reblog_of_id !== null) return toOriginal(call, status.reblog_of_id)
  const uri = statusUri(ctx.config, status, account)
  call.res.setHeader('Link', linkEntry(uri, 'alternate', ACTIVITY_TYPE))
  const [shown, author] = await Promise.all([
    renderStatus(ctx, null, id),
    renderAccount(ctx, null, account.id),
  ])
  const isForAll = status.visibility <= 1
  await serveClient(call, {
    title: titleOf(shown, author),
    isPublic: true,
    sharedSeconds: isForAll ? SHARED_SECONDS : 0,
    head: [
      alternate(ACTIVITY_TYPE, uri),
      ...(isForAll ? await robotsOf(call, account) : metaTags({ robots: 'noindex, noarchive' })),
      ...statusTags(call, shown, author, fullAcct(ctx.config, account)),
    ],
  })
}

/** A reblog has no page of its own. */
async function toOriginal(call: PageCall, originalId: string): Promise<void> {
  const original = await renderStatus(call.ctx, null, originalId)
  const path = `/@${original.account.acct}/${original.id}`
  call.res.redirect(302, encodeURI(path))
}

function textOf(status: Status): string {
  return status.spoiler_text || plainText(status.content ?? '')
}

function titleOf(status: Status, author: Account): string {
  const text = shorten(textOf(status), TITLE_LENGTH)
  const name = author.display_name || author.username
  return text === '' ? name : `${name}: "${text}"`
}

function statusTags({ ctx }: PageCall, status: Status, author: Account, acct: string): Html[] {
  const description = shorten(textOf(status), DESCRIPTION_LENGTH)
  const images = status.sensitive
    ? []
    : status.media_attachments.filter(({ type, url }) => type === 'image' && url !== null)
  return [
    ...metaTags({
      description,
      'og:site_name': ctx.config.localDomain,
      'og:type': 'article',
      'og:title': `${author.display_name || author.username} (@${acct})`,
      'og:url': status.url,
      'og:published_time': status.created_at,
      'og:description': description,
      'og:locale': status.language,
      'profile:username': acct,
      'twitter:card': images.length > 0 ? 'summary_large_image' : 'summary',
    }),
    ...(images.length > 0 ? images.flatMap(imageTags) : avatarTags(author)),
  ]
}

function imageTags(media: Status['media_attachments'][number]): Html[] {
  const size = (media.meta as { original?: { width?: number; height?: number } } | null)?.original
  return metaTags({
    'og:image': media.url,
    'og:image:width': size?.width,
    'og:image:height': size?.height,
    'og:image:alt': media.description,
  })
}

function avatarTags(author: Account): Html[] {
  return metaTags({ 'og:image': author.avatar, 'og:image:width': 400, 'og:image:height': 400 })
}
