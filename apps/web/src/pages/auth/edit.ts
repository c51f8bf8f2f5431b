import {
  changeEmail,
  knowsPassword,
  listSessions,
  MIN_PASSWORD,
  setPassword,
  standingOf,
} from '@anancus/core/domain/users'
import { ValidationError } from '@anancus/core/kernel/errors'
import { type Html, html } from '@anancus/core/kernel/text/html'
import { fullAcct } from '@anancus/core/kernel/uris'
import { countForm } from '../../http/form-limits.ts'
import type { SignedIn } from '../../http/session.ts'
import { errorSummary, field, form, submit } from '../form.ts'
import { goTo, type PageCall, show } from '../page.ts'
import { forSignedIn } from '../require-signed-in.ts'
import { sessionRow } from '../settings/session-row.ts'
import { userField } from './user-field.ts'

const STANDINGS = {
  functional: 'Your account is fine.',
  unconfirmed: 'Your e-mail address is not confirmed yet.',
  pending: 'A moderator has not decided about your request yet.',
  disabled: 'Your account is disabled: you cannot use it, and your data stays.',
  unavailable: 'Your account is suspended.',
}

/** The account itself: state, address, password, sessions, apps. Open to those who may do nothing else. */
export const editPage = forSignedIn((call) => showPage(call, null))

export const submitEdit = forSignedIn(async (call) => {
  const { viewer, session } = call.signedIn
  await countForm(call.ctx, call.req, 'password_change', viewer.user.id)
  if (!(await knowsPassword(viewer, userField(call, 'current_password'))))
    return showPage(call, 'The current password is wrong.')
  const password = userField(call, 'password')
  const email = userField(call, 'email').trim().toLowerCase()
  if (password !== userField(call, 'password_confirmation'))
    return showPage(call, 'The two new passwords are not the same.')
  try {
    if (password !== '') await setPassword(call.ctx, viewer, password, session)
    const isNewEmail = email !== '' && email !== viewer.user.email
    if (isNewEmail) await changeEmail(call.ctx, viewer, email)
    goTo(call, '/auth/edit', isNewEmail ? `Follow the link we sent to ${email} to confirm it.` : 'Saved.')
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    await showPage(call, error)
  }
})

async function showPage(
  call: PageCall & { signedIn: SignedIn },
  problem: ValidationError | string | null,
): Promise<void> {
  const { viewer, session } = call.signedIn
  const sessions = await listSessions(call.ctx, viewer)
  const { unconfirmed_email: waiting } = viewer.user
  await show(call, {
    title: 'Account settings',
    status: problem === null ? 200 : 422,
    width: 'wide',
    body: html`<div class="card"><h1>Account settings</h1>
<p><strong>${fullAcct(call.ctx.config, viewer.account)}</strong></p>
<p class="muted">${STANDINGS[standingOf(viewer)]}${waiting && ` ${waiting} waits for its confirmation.`}</p>
<p><a href="/oauth/authorized_applications">Authorised apps</a> · <a href="/settings/privacy">Privacy and reach</a> · <a href="/settings/migration">Move to another account</a> · <a href="/invites">Invite people</a></p></div>
<div class="card"><h2>E-mail and password</h2>${credentialsForm(call, problem)}</div>
<div class="card"><h2>Sessions</h2>
<p class="muted">Browsers that are signed in to your account.</p>
<ul class="rows">${sessions.map((row) => sessionRow(call, row, row.id === session.id))}</ul></div>
<div>${form(call, { action: '/auth/sign_out', method: 'delete', inline: true }, submit('Sign out', 'secondary'))}</div>`,
  })
}

function credentialsForm(
  call: PageCall & { signedIn: SignedIn },
  problem: ValidationError | string | null,
): Html {
  const details = problem instanceof ValidationError ? (problem.details ?? {}) : {}
  return html`${errorSummary(problem)}${form(
    call,
    { action: '/auth', method: 'put' },
    field({
      name: 'user[email]',
      label: 'E-mail address',
      type: 'email',
      value: userField(call, 'email') || call.signedIn.viewer.user.email,
      autocomplete: 'email',
      errors: details.email,
    }),
    field({
      name: 'user[password]',
      label: 'New password',
      type: 'password',
      hint: `Leave it empty to keep the old one. At least ${MIN_PASSWORD} characters; all other sessions and apps are signed out.`,
      autocomplete: 'new-password',
      errors: details.password,
    }),
    field({
      name: 'user[password_confirmation]',
      label: 'New password once more',
      type: 'password',
      autocomplete: 'new-password',
    }),
    field({
      name: 'user[current_password]',
      label: 'Current password',
      type: 'password',
      hint: 'So that we know it is you.',
      autocomplete: 'current-password',
      required: true,
    }),
    submit('Save'),
  )}`
}
