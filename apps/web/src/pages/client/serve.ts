import { readSettings } from '@anancus/core/domain/settings'
import { noteSessionUse, noteVisit, standingOf } from '@anancus/core/domain/users'
import { type Html, html } from '@anancus/core/kernel/text/html'
import { addressOf } from '../../http/address.ts'
import { csrfToken } from '../../http/csrf.ts'
import type { SignedIn } from '../../http/session.ts'
import { signOut } from '../auth/session-cookie.ts'
import { contentSecurityPolicy } from '../content-security-policy.ts'
import { goTo, type PageCall, sendHtml } from '../page.ts'
import { clientSession, initialState } from './initial-state.ts'
import { metaTags } from './meta-tags.ts'
import { showNotBuilt } from './not-built.ts'
import { siteTags } from './site-tags.ts'
import { fillShell, readTemplate } from './template.ts'

export interface ServeOptions {
  title?: string
  /** What the page says of itself to other programs; without it, what the site says. */
  head?: readonly Html[]
  status?: 200 | 404
  /** Seconds shared caches may keep the page for visitors; 0 is never. */
  sharedSeconds?: number
  /** Shown to those who may not act, too. */
  isOpen?: boolean
}

const SHARED_SECONDS = 15
const ICONS = html`<link rel="manifest" href="/manifest">
<link rel="icon" href="/favicon.ico" sizes="32x32">
<link rel="apple-touch-icon" href="/icons/apple-touch-icon-180x180.png">
`

/** Answers with the client, its head and its start data filled in. */
export async function serveClient(call: PageCall, options: ServeOptions = {}): Promise<void> {
  const { ctx, req, res } = call
  if (!options.isOpen && leadToReason(call)) return
  const template = await readTemplate(String(req.app.get('client folder')))
  if (!template) return showNotBuilt(call)
  const signedIn = await actorOf(call)
  const settings = await readSettings(ctx)
  const { title, head } = options
  const markup = fillShell(template, {
    title: title ? `${title} - ${settings.site_title}` : settings.site_title,
    head: [ICONS, ...csrfTags(call, signedIn), ...(head ?? siteTags(ctx.config, settings, req.path))],
    state: await initialState(ctx, signedIn),
  })
  // Nothing in the page stands inline, so no nonce is needed: in a page that caches keep, it would be no secret.
  res.setHeader('Content-Security-Policy', contentSecurityPolicy(ctx.config, null))
  if (settings.allow_referrer_origin) res.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin')
  setSharing(call, options.status === 404 ? 0 : options.sharedSeconds)
  sendHtml(res, options.status ?? 200, markup)
}

/** The client in place of what is missing or hidden: byte for byte the same, whichever it is. */
export async function serveMissing(call: PageCall): Promise<void> {
  await serveClient(call, {
    status: 404,
    title: 'Not found',
    head: metaTags({ robots: 'noindex' }),
    isOpen: true,
  })
}

/** Leads somebody who may not act to the page that says why. */
export function leadToReason(call: PageCall): boolean {
  const standing = call.signedIn && standingOf(call.signedIn.viewer)
  if (standing === null || standing === 'functional') return false
  goTo(call, standing === 'unconfirmed' ? '/auth/setup' : '/auth/edit')
  return true
}

/** Lets shared caches keep what a visitor sees, who sent nothing that says who they are; `Vary` keeps others from it. */
export function setSharing({ req, res, signedIn }: PageCall, seconds = SHARED_SECONDS): void {
  res.setHeader('Vary', 'Accept, Accept-Language, Cookie')
  const isPersonal = signedIn !== null || req.headers.cookie !== undefined
  if (isPersonal || req.headers.authorization !== undefined || seconds === 0) return
  res.setHeader(
    'Cache-Control',
    `max-age=${seconds}, public, stale-while-revalidate=30, stale-if-error=86400`,
  )
}

/** Sends visitors of a server that federates with chosen ones only to the sign-in. */
export function keepOut(call: PageCall): boolean {
  if (call.signedIn || !call.ctx.config.env.LIMITED_FEDERATION_MODE) return false
  call.req.session.returnTo = call.req.originalUrl
  goTo(call, '/auth/sign_in')
  return true
}

/**
 * Who the client acts for. Somebody who may not act looks on as a visitor; a session whose token was revoked is over.
 */
async function actorOf(call: PageCall) {
  const { ctx, req, signedIn } = call
  if (!signedIn || standingOf(signedIn.viewer) !== 'functional') return null
  const session = await clientSession(ctx, signedIn)
  if (!session) {
    await signOut(call)
    return null
  }
  await noteSessionUse(ctx, signedIn.session, {
    ip: addressOf(req),
    userAgent: req.get('user-agent') ?? '',
  })
  await noteVisit(ctx, signedIn.viewer)
  return session
}

/** Only somebody signed in has anything to protect, and a page for everybody must set no cookie. */
function csrfTags({ req }: PageCall, signedIn: SignedIn | null): Html[] {
  return signedIn ? metaTags({ 'csrf-param': 'authenticity_token', 'csrf-token': csrfToken(req) }) : []
}
