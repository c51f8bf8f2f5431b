import { getSetting } from '@anancus/core/domain/settings'
import { type Html, html } from '@anancus/core/kernel/text/html'
import { standingOf } from '@anancus/core/policies/user'
import { csrfToken } from '../../http/csrf.ts'
import { contentSecurityPolicy } from '../content-security-policy.ts'
import { goTo, type PageCall, sendHtml } from '../page.ts'
import { initialState } from './initial-state.ts'
import { metaTags } from './meta-tags.ts'
import { renderShell } from './template.ts'

export interface ServeOptions {
  title?: string
  head?: readonly Html[]
  /** Seconds shared caches may keep the page for the anonymous. */
  sharedSeconds?: number
  /** Shown to those who may not act, too; other pages lead them to where the reason is. */
  isPublic?: boolean
}

/** Answers with the client. */
export async function serveClient(call: PageCall, options: ServeOptions = {}): Promise<void> {
  const { ctx, req, res } = call
  const standing = call.signedIn && standingOf(call.signedIn.viewer)
  const isFunctional = standing === null || standing === 'functional'
  if (!isFunctional && !options.isPublic)
    return goTo(call, standing === 'unconfirmed' ? '/auth/setup' : '/auth/edit')
  const signedIn = isFunctional ? call.signedIn : null
  const siteTitle = await getSetting(ctx, 'site_title')
  const markup = await renderShell({
    title: options.title ? `${options.title} - ${siteTitle}` : siteTitle,
    head: [
      html`<link rel="manifest" href="/manifest">
<link rel="icon" href="/favicon.ico" sizes="32x32">
<link rel="apple-touch-icon" href="/icons/apple-touch-icon-180x180.png">
`,
      // Only somebody signed in has anything to protect, and a page for everybody must set no cookie.
      ...(signedIn ? metaTags({ 'csrf-param': 'authenticity_token', 'csrf-token': csrfToken(req) }) : []),
      ...(options.head ?? (await siteTags(call, siteTitle))),
    ],
    state: await initialState(ctx, signedIn),
  })
  res.setHeader('Content-Security-Policy', contentSecurityPolicy(ctx.config, call.nonce))
  res.setHeader('Vary', 'Accept, Accept-Language, Cookie')
  if (call.signedIn === null && req.headers.cookie === undefined)
    res.setHeader(
      'Cache-Control',
      `max-age=${options.sharedSeconds ?? 15}, public, stale-while-revalidate=30, stale-if-error=86400`,
    )
  sendHtml(res, 200, markup)
}

/** What is said of pages that are about the site as a whole. */
async function siteTags({ ctx, req }: PageCall, siteTitle: string): Promise<Html[]> {
  const { baseUrl } = ctx.config
  const description = await getSetting(ctx, 'site_short_description')
  return metaTags({
    description,
    ...((await getSetting(ctx, 'noindex')) ? { robots: 'noindex' } : {}),
    'og:site_name': siteTitle,
    'og:type': 'website',
    'og:title': siteTitle,
    'og:url': `${baseUrl}${req.path}`,
    'og:description': description,
    'og:image': `${baseUrl}/preview.png`,
    'og:image:width': 1200,
    'og:image:height': 630,
    'twitter:card': 'summary_large_image',
  })
}
