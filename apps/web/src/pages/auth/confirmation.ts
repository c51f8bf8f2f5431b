import { confirmEmail, requestConfirmation } from '@anancus/core/domain/users'
import { NotFoundError, ValidationError } from '@anancus/core/kernel/errors'
import { html } from '@anancus/core/kernel/text/html'
import { countForm } from '../../http/form-limits.ts'
import { errorSummary, field, form, submit } from '../form.ts'
import { goTo, type PageCall, show } from '../page.ts'
import { userField } from './user-field.ts'

/** The link of a confirmation mail. */
export async function confirmationPage(call: PageCall): Promise<void> {
  await countForm(call.ctx, call.req, 'confirmation')
  try {
    const { outcome } = await confirmEmail(call.ctx, call.text('confirmation_token'))
    if (outcome === 'pending') return await showPending(call)
    const words =
      outcome === 'changed' ? 'Your new e-mail address is confirmed.' : 'Your e-mail address is confirmed.'
    goTo(call, call.signedIn ? '/' : '/auth/sign_in', words)
  } catch (error) {
    if (!(error instanceof NotFoundError) && !(error instanceof ValidationError)) throw error
    await showForm(
      call,
      error instanceof NotFoundError ? 'This link was used or never existed.' : error.message,
    )
  }
}

export async function newConfirmationPage(call: PageCall): Promise<void> {
  await showForm(call, null)
}

/** Says the same whether the address is somebody's or not. */
export async function submitConfirmation(call: PageCall): Promise<void> {
  await countForm(call.ctx, call.req, 'confirmation')
  await requestConfirmation(call.ctx, userField(call, 'email'))
  goTo(
    call,
    '/auth/sign_in',
    'If your address is known here and not confirmed yet, you get a mail in a few minutes.',
  )
}

async function showPending(call: PageCall): Promise<void> {
  await show(call, {
    title: 'One more step',
    body: html`<div class="card center"><h1>Thank you!</h1>
<p>Your address is confirmed. Now a moderator looks at your request; you get a mail when you are let in.</p></div>`,
  })
}

async function showForm(call: PageCall, problem: string | null): Promise<void> {
  await show(call, {
    title: 'Confirm your address',
    status: problem === null ? 200 : 422,
    body: html`<div class="card"><h1>Confirm your address</h1>
${errorSummary(problem)}
<p class="muted">Get the mail with the link once more.</p>
${form(
  call,
  { action: '/auth/confirmation' },
  field({
    name: 'user[email]',
    label: 'E-mail address',
    type: 'email',
    value: userField(call, 'email'),
    autocomplete: 'email',
    required: true,
  }),
  submit('Send again'),
)}</div>`,
  })
}
