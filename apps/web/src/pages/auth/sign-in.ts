import { registrationMode, standingOf } from '@anancus/core/domain/users'
import { html } from '@anancus/core/kernel/text/html'
import { countForm } from '../../http/form-limits.ts'
import { wantsJson } from '../../http/negotiate.ts'
import { errorSummary, field, form, submit } from '../form.ts'
import { goTo, ownPath, type PageCall, show } from '../page.ts'
import { signIn, signOut } from './session-cookie.ts'
import { authenticateByPassword } from './strategies.ts'
import { userField } from './user-field.ts'

const REFUSALS = {
  invalid: 'Invalid e-mail address or password.',
  memorial: 'Invalid e-mail address or password.',
  'second-factor':
    'This account is protected by a second factor, which this server cannot ask for yet. Write to its administrators.',
}

export async function signInPage(call: PageCall): Promise<void> {
  if (call.signedIn) return goTo(call, '/')
  await showForm(call, null)
}

export async function submitSignIn(call: PageCall): Promise<void> {
  const email = userField(call, 'email')
  await countForm(call.ctx, call.req, 'sign_in', email)
  const result = await authenticateByPassword(call.ctx, call.req)
  if (!result.ok) return showForm(call, REFUSALS[result.reason])
  await signIn(call, result.viewer)
  const { returnTo } = call.req.session
  delete call.req.session.returnTo
  const standing = standingOf(result.viewer)
  // Somebody who may not act yet goes where the reason is.
  if (standing === 'unconfirmed') return goTo(call, '/auth/setup')
  goTo(call, standing === 'functional' ? ownPath(returnTo) : '/auth/edit')
}

export async function submitSignOut(call: PageCall): Promise<void> {
  await signOut(call)
  const returnTo = ownPath(call.text('return_to'))
  if (returnTo !== '/') call.req.session.returnTo = returnTo
  if (wantsJson(call.req)) call.res.json({ redirect_to: '/auth/sign_in' })
  else goTo(call, '/auth/sign_in', 'Signed out.')
}

async function showForm(call: PageCall, problem: string | null): Promise<void> {
  const isOpen = (await registrationMode(call.ctx)) !== 'none'
  await show(call, {
    title: 'Sign in',
    status: problem === null ? 200 : 422,
    policy: { formsLeadOn: true },
    body: html`<div class="card"><h1>Sign in to ${call.ctx.config.localDomain}</h1>
${errorSummary(problem)}
${form(
  call,
  { action: '/auth/sign_in' },
  field({
    name: 'user[email]',
    label: 'E-mail address',
    type: 'email',
    value: userField(call, 'email'),
    autocomplete: 'username',
    required: true,
    autofocus: true,
  }),
  field({
    name: 'user[password]',
    label: 'Password',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
  }),
  submit('Sign in'),
)}
<ul class="links">
${isOpen && html`<li><a href="/auth/sign_up">Create an account</a></li>`}
<li><a href="/auth/password/new">Forgot your password?</a></li>
<li><a href="/auth/confirmation/new">No confirmation mail?</a></li>
</ul></div>`,
  })
}
