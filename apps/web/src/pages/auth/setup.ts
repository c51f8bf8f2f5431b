import { resendConfirmation } from '@anancus/core/domain/users'
import { ValidationError } from '@anancus/core/kernel/errors'
import { html } from '@anancus/core/kernel/text/html'
import { countForm } from '../../http/form-limits.ts'
import { errorSummary, field, form, submit } from '../form.ts'
import { goTo, type PageCall, show } from '../page.ts'
import { userField } from './user-field.ts'

/** "Look into your mail", until the address is confirmed. */
export async function setupPage(call: PageCall): Promise<void> {
  if (!call.signedIn) return goTo(call, '/auth/sign_in')
  if (call.signedIn.viewer.user.confirmed_at !== null) return goTo(call, '/')
  await showPage(call, null)
}

export async function submitSetup(call: PageCall): Promise<void> {
  const viewer = call.signedIn?.viewer
  if (!viewer) return goTo(call, '/auth/sign_in')
  if (viewer.user.confirmed_at !== null) return goTo(call, '/')
  await countForm(call.ctx, call.req, 'setup', viewer.user.id)
  try {
    await resendConfirmation(call.ctx, viewer, userField(call, 'email').trim() || undefined)
    goTo(call, '/auth/setup', 'A new mail is on its way.')
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    await showPage(call, error)
  }
}

async function showPage(call: PageCall, error: ValidationError | null): Promise<void> {
  const email = call.signedIn?.viewer.user.email ?? ''
  await show(call, {
    title: 'Check your inbox',
    status: error ? 422 : 200,
    body: html`<div class="card"><h1>Check your inbox</h1>
<p>We sent a mail to <strong>${email}</strong>. Follow the link in it to confirm your address. It may take a few minutes; look among the junk mail too.</p>
<p><a class="button secondary" href="/auth/setup">I have confirmed it</a></p></div>
<div class="card"><h2>No mail?</h2>
${errorSummary(error)}
${form(
  call,
  { action: '/auth/setup', method: 'patch' },
  field({
    name: 'user[email]',
    label: 'E-mail address',
    type: 'email',
    value: userField(call, 'email') || email,
    hint: 'Correct it if it is wrong.',
    autocomplete: 'email',
    required: true,
    errors: error?.details?.email,
  }),
  submit('Send again', 'secondary'),
)}</div>
<div class="center">${form(call, { action: '/auth/sign_out', method: 'delete', inline: true }, submit('Sign out', 'secondary'))}</div>`,
  })
}
