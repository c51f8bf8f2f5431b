import {
  type AuthorizationRequest,
  issueCode,
  OauthError,
  OUT_OF_BAND,
  requestAuthorization,
  wasAuthorizedBefore,
  withParams,
} from '@anancus/core/domain/oauth'
import { refusalOf, standingOf } from '@anancus/core/domain/users'
import { html } from '@anancus/core/kernel/text/html'
import { fullAcct } from '@anancus/core/kernel/uris'
import type { SignedIn } from '../../http/session.ts'
import { form, submit } from '../form.ts'
import { type PageCall, show } from '../page.ts'
import { forSignedIn } from '../require-signed-in.ts'
import { postForm } from './post-form.ts'
import { describeScope } from './scope-names.ts'

type SignedInCall = PageCall & { signedIn: SignedIn }

const FALSE_VALUES = new Set(['', '0', 'f', 'false', 'off'])
const NAMES = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const

/**
 * Puts the request of an app before its user. Asked before with the same scopes, or our own client: yes at once.
 *
 * @see https://docs.joinmastodon.org/methods/oauth/#authorize
 */
export const authorizePage = forSignedIn((call) =>
  withRequest(call, async (request) => {
    const forced = !FALSE_VALUES.has(call.text('force_login').toLowerCase())
    const isKnown =
      request.app.superapp || (await wasAuthorizedBefore(call.ctx, call.signedIn.viewer, request))
    if (isKnown && !forced) return allow(call, request)
    await showConsent(call, request)
  }),
)

export const approve = forSignedIn((call) => withRequest(call, (request) => allow(call, request)))

export const deny = forSignedIn((call) =>
  withRequest(call, (request) => {
    const { code, message } = new OauthError('access_denied')
    return answer(call, request, { error: code, error_description: message })
  }),
)

/** The code, to be copied into an app that has no address. */
export const nativePage = forSignedIn(async (call) => {
  await show(call, {
    title: 'Authorisation code',
    body: html`<div class="card"><h1>Copy this code</h1><p>Give it to the app. It is good for ten minutes.</p>
<code class="token">${call.text('code')}</code></div>`,
  })
})

/** What is wrong with a request is told to the user, never sent to an address that may be the attacker's. */
async function withRequest(
  call: SignedInCall,
  run: (request: AuthorizationRequest) => Promise<void>,
): Promise<void> {
  const standing = standingOf(call.signedIn.viewer)
  if (standing !== 'functional') throw refusalOf(standing)
  let request: AuthorizationRequest
  try {
    const params = Object.fromEntries(NAMES.map((name) => [name, call.text(name) || undefined]))
    request = await requestAuthorization(call.ctx, params)
  } catch (error) {
    if (!(error instanceof OauthError)) throw error
    return showRefusal(call, error)
  }
  await run(request)
}

async function allow(call: SignedInCall, request: AuthorizationRequest): Promise<void> {
  const code = await issueCode(call.ctx, call.signedIn.viewer, request)
  await answer(call, request, { code })
}

async function answer(
  call: PageCall,
  request: AuthorizationRequest,
  params: Record<string, string>,
): Promise<void> {
  const { redirectUri, responseMode, state } = request
  if (redirectUri === OUT_OF_BAND) {
    const path = params.code ? `/oauth/authorize/native?${new URLSearchParams(params)}` : '/'
    return call.res.redirect(303, path)
  }
  const all = { ...params, ...(state === undefined ? {} : { state }) }
  if (responseMode === 'form_post') return postForm(call, redirectUri, all)
  call.res.redirect(303, withParams(redirectUri, all, responseMode))
}

async function showConsent(call: SignedInCall, request: AuthorizationRequest): Promise<void> {
  const { app } = request
  const { account } = call.signedIn.viewer
  const hidden = NAMES.map((name) => html`<input type="hidden" name="${name}" value="${call.text(name)}">`)
  await show(call, {
    title: 'Authorisation required',
    policy: { formsLeadOn: true },
    body: html`<div class="card"><h1>${app.name} asks for access</h1>
<p>${
      app.website
        ? html`<a href="${app.website}" rel="noopener noreferrer" target="_blank">${app.name}</a>`
        : html`<strong>${app.name}</strong>`
    } would like to use your account <strong>${fullAcct(call.ctx.config, account)}</strong>. It is not part of this server: say yes only if you trust it.</p>
<h2>It could</h2>
<ul class="scopes">${request.scopes.map((scope) => html`<li>${describeScope(scope)}</li>`)}</ul>
<div class="actions">${form(call, { action: '/oauth/authorize' }, hidden, submit('Authorise'))}
${form(call, { action: '/oauth/authorize', method: 'delete' }, hidden, submit('Deny', 'secondary'))}</div></div>
<div class="center">${form(
      call,
      { action: '/auth/sign_out', method: 'delete', inline: true },
      html`<input type="hidden" name="return_to" value="${call.req.originalUrl}">`,
      submit('Use another account', 'secondary'),
    )}</div>`,
  })
}

async function showRefusal(call: PageCall, error: OauthError): Promise<void> {
  await show(call, {
    title: 'An error occurred',
    status: error.status,
    body: html`<div class="card"><h1>The app made a mistake</h1><p>${error.message}</p>
<p class="muted">Tell the people who make it: <code>${error.code}</code></p>
<p><a class="button secondary" href="/">To the front page</a></p></div>`,
  })
}
