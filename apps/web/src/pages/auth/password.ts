import {
  findByResetToken,
  MIN_PASSWORD,
  requestPasswordReset,
  resetPassword,
} from '@anancus/core/domain/users'
import { ValidationError } from '@anancus/core/kernel/errors'
import { html } from '@anancus/core/kernel/text/html'
import { countForm } from '../../http/form-limits.ts'
import { errorSummary, field, form, submit } from '../form.ts'
import { goTo, type PageCall, show } from '../page.ts'
import { userField } from './user-field.ts'

const SENT =
  'If your address is known here, you get a mail with a link to choose a new password in a few minutes.'
const EXPIRED = 'This link was used or is too old. Ask for a new one.'

export async function newPasswordPage(call: PageCall): Promise<void> {
  await show(call, {
    title: 'Forgot your password?',
    body: html`<div class="card"><h1>Forgot your password?</h1>
<p class="muted">Tell us your e-mail address, and you get a link to choose a new one.</p>
${form(
  call,
  { action: '/auth/password' },
  field({
    name: 'user[email]',
    label: 'E-mail address',
    type: 'email',
    autocomplete: 'email',
    required: true,
    autofocus: true,
  }),
  submit('Send the link'),
)}</div>`,
  })
}

/** Says the same whether the address is somebody's or not. */
export async function submitNewPassword(call: PageCall): Promise<void> {
  await countForm(call.ctx, call.req, 'password_reset')
  await requestPasswordReset(call.ctx, userField(call, 'email'))
  goTo(call, '/auth/sign_in', SENT)
}

export async function editPasswordPage(call: PageCall): Promise<void> {
  const token = call.text('reset_password_token')
  if (!(await findByResetToken(call.ctx, token))) return goTo(call, '/auth/password/new', EXPIRED)
  await showForm(call, token, null)
}

export async function submitPassword(call: PageCall): Promise<void> {
  const token = userField(call, 'reset_password_token')
  await countForm(call.ctx, call.req, 'password_reset')
  if (!(await findByResetToken(call.ctx, token))) return goTo(call, '/auth/password/new', EXPIRED)
  const password = userField(call, 'password')
  if (password !== userField(call, 'password_confirmation'))
    return showForm(call, token, 'The two passwords are not the same.')
  try {
    await resetPassword(call.ctx, token, password)
    goTo(call, '/auth/sign_in', 'Your password is changed. Everything else was signed out.')
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    await showForm(call, token, error)
  }
}

async function showForm(
  call: PageCall,
  token: string,
  problem: ValidationError | string | null,
): Promise<void> {
  await show(call, {
    title: 'New password',
    status: problem === null ? 200 : 422,
    body: html`<div class="card"><h1>Choose a new password</h1>
${errorSummary(problem)}
${form(
  call,
  { action: '/auth/password', method: 'put' },
  html`<input type="hidden" name="user[reset_password_token]" value="${token}">`,
  field({
    name: 'user[password]',
    label: 'New password',
    type: 'password',
    hint: `At least ${MIN_PASSWORD} characters.`,
    autocomplete: 'new-password',
    required: true,
    autofocus: true,
  }),
  field({
    name: 'user[password_confirmation]',
    label: 'Once more',
    type: 'password',
    autocomplete: 'new-password',
    required: true,
  }),
  submit('Change password'),
)}</div>`,
  })
}
