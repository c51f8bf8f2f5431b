import {
  cancelRedirect,
  cooldownEnd,
  listMigrations,
  moveAccount,
  redirectAccount,
} from '@anancus/core/domain/relationships'
import { knowsPassword } from '@anancus/core/domain/users'
import { ValidationError } from '@anancus/core/kernel/errors'
import { type Html, html } from '@anancus/core/kernel/text/html'
import { countForm } from '../../http/form-limits.ts'
import { errorSummary, field, form, submit } from '../form.ts'
import { goTo, show } from '../page.ts'
import { fieldOf, forMovedToo, type OwnCall } from './own-page.ts'

const PATH = '/settings/migration'
const REDIRECT_PATH = '/settings/migration/redirect'

type Problem = ValidationError | string | null

/** Moving to another account: what it does, the form, and earlier moves. */
export const migrationPage = forMovedToo((call) => showMigration(call, null))

export const submitMigration = forMovedToo((call) =>
  withPassword(call, 'account_migration', showMigration, async (handle) => {
    const target = await moveAccount(call.ctx, call.signedIn.viewer.account, handle)
    goTo(
      call,
      PATH,
      `Your account has moved to ${target.username}@${target.domain ?? call.ctx.config.localDomain}.`,
    )
  }),
)

/** Only points to another account; nobody moves. */
export const redirectPage = forMovedToo((call) => showRedirect(call, null))

export const submitRedirect = forMovedToo((call) =>
  withPassword(call, 'form_redirect', showRedirect, async (handle) => {
    await redirectAccount(call.ctx, call.signedIn.viewer.account, handle)
    goTo(call, PATH, 'Your profile now points to the other account.')
  }),
)

export const deleteRedirect = forMovedToo(async (call) => {
  await cancelRedirect(call.ctx, call.signedIn.viewer.account)
  goTo(call, PATH, 'Your profile points to nobody any more.')
})

/** Takes the handle of a form when its password is right; what is wrong is shown above the same form. */
async function withPassword(
  call: OwnCall,
  group: string,
  showAgain: (call: OwnCall, problem: Problem) => Promise<void>,
  work: (handle: string) => Promise<void>,
): Promise<void> {
  const { viewer } = call.signedIn
  await countForm(call.ctx, call.req, 'password_change', viewer.user.id)
  if (!(await knowsPassword(viewer, fieldOf(call, group, 'current_password'))))
    return showAgain(call, 'The current password is wrong.')
  try {
    await work(fieldOf(call, group, 'acct'))
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    await showAgain(call, error)
  }
}

async function showMigration(call: OwnCall, problem: Problem): Promise<void> {
  const { account } = call.signedIn.viewer
  const migrations = await listMigrations(call.ctx, account)
  const waitUntil = cooldownEnd(call.ctx, migrations)
  await show(call, {
    title: 'Account migration',
    status: problem === null ? 200 : 422,
    width: 'wide',
    body: html`${account.moved_to_account_id !== null && movedCard(call)}
<div class="card"><h1>Move to a different account</h1>
<ul class="muted"><li>Your followers are moved to the new account; nothing else is: not your posts, nor whom you follow.</li>
<li>Your profile here points to the new account, and you can no longer use it.</li>
<li>The new account must name this one among its aliases first.</li>
<li>You cannot move again for 30 days.</li></ul>
${errorSummary(problem)}${
  waitUntil === null
    ? handleForm(call, PATH, 'account_migration', 'Move followers', problem !== null)
    : html`<p>You have moved lately. You can move again on ${waitUntil.toISOString().slice(0, 10)}.</p>`
}<p><a href="${REDIRECT_PATH}/new">Only point to another account</a> · <a href="/settings/aliases">Move here from another account</a></p></div>
${
  migrations.length > 0 &&
  html`<div class="card"><h2>Past migrations</h2><ul class="rows">${migrations.map(
    (row) =>
      html`<li><span>${row.acct}</span><span class="muted">${row.created_at.toISOString().slice(0, 10)} · ${row.followers_count} followers</span></li>`,
  )}</ul></div>`
}`,
  })
}

function movedCard(call: OwnCall): Html {
  return html`<div class="card"><p>Your profile points to another account.</p>${form(call, { action: REDIRECT_PATH, method: 'delete', inline: true }, submit('Cancel the redirect', 'danger'))}</div>`
}

async function showRedirect(call: OwnCall, problem: Problem): Promise<void> {
  await show(call, {
    title: 'Redirect',
    status: problem === null ? 200 : 422,
    body: html`<div class="card"><h1>Only point to another account</h1>
<p class="muted">Your profile shows a notice and leaves searches. Nobody is moved, and you can cancel it at any time.</p>
${errorSummary(problem)}${handleForm(call, REDIRECT_PATH, 'form_redirect', 'Set the redirect', problem !== null)}</div>`,
  })
}

function handleForm(call: OwnCall, action: string, group: string, label: string, isRepeated: boolean): Html {
  return form(
    call,
    { action },
    field({
      name: `${group}[acct]`,
      label: 'Handle of the new account',
      hint: 'user@example.org',
      value: isRepeated ? fieldOf(call, group, 'acct') : '',
      required: true,
    }),
    field({
      name: `${group}[current_password]`,
      label: 'Current password',
      type: 'password',
      hint: 'So that we know it is you.',
      autocomplete: 'current-password',
      required: true,
    }),
    submit(label, 'danger'),
  )
}
