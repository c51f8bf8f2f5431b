import { requireTagName } from '@anancus/core/domain/tags'
import type { PageCall } from '../page.ts'
import { metaTags } from './meta-tags.ts'
import { keepOut, serveClient } from './serve.ts'

/** What is written under a hashtag. No search engine need list it: each post has a page of its own. */
export async function tagPage(call: PageCall): Promise<void> {
  if (keepOut(call)) return
  const name = requireTagName(String(call.req.params.tag))
  const { baseUrl, localDomain } = call.ctx.config
  await serveClient(call, {
    title: `#${name}`,
    isOpen: true,
    head: metaTags({
      robots: 'noindex',
      'og:site_name': localDomain,
      'og:type': 'website',
      'og:title': `#${name}`,
      'og:url': `${baseUrl}/tags/${encodeURIComponent(name)}`,
      'og:image': `${baseUrl}/preview.png`,
      'og:image:width': 1200,
      'og:image:height': 630,
      'twitter:card': 'summary_large_image',
    }),
  })
}
