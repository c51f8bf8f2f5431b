import { getCollection } from '@anancus/core/domain/collections'
import { renderAccount, renderCollections } from '@anancus/core/entities'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { collectionUri } from '@anancus/core/kernel/uris'
import type { PageCall } from '../page.ts'
import { ACTIVITY_TYPE, avatarTags, linkEntry, metaTags, shorten } from './meta-tags.ts'
import { keepOut, serveClient } from './serve.ts'

const DESCRIPTION_CHARACTERS = 200

/** A collection of accounts. Visitors are led to the original of a remote one; what is sensitive is not told in the head. */
export async function collectionPage(call: PageCall): Promise<void> {
  if (keepOut(call)) return
  const { ctx, res, signedIn } = call
  const viewer = signedIn?.viewer ?? null
  const { id } = call.req.params
  if (!isId(id)) throw new NotFoundError('Not Found')
  const collection = await getCollection(ctx, viewer, id)
  if (!collection.local) {
    if (viewer) return serveClient(call, { head: metaTags({ robots: 'noindex' }) })
    return call.res.redirect(302, `/redirect/collections/${id}`)
  }
  const [shown] = await renderCollections(ctx, null, [id])
  const owner = await renderAccount(ctx, null, collection.account_id)
  if (!shown) throw new NotFoundError('Not Found')
  res.setHeader('Link', linkEntry(collectionUri(ctx.config, collection), 'alternate', ACTIVITY_TYPE))
  const title = shown.sensitive ? 'Collection' : shown.name
  await serveClient(call, {
    title,
    isOpen: true,
    head: [
      ...metaTags({
        ...(shown.discoverable && !shown.sensitive ? {} : { robots: 'noindex, noarchive' }),
        'og:site_name': ctx.config.localDomain,
        'og:type': 'website',
        'og:title': title,
        'og:description': shown.sensitive ? null : shorten(shown.description ?? '', DESCRIPTION_CHARACTERS),
        'og:url': shown.url,
        'twitter:card': 'summary',
      }),
      ...avatarTags(owner),
    ],
  })
}
