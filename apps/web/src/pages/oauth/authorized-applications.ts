import { listAuthorizedApplications, revokeApplication } from '@anancus/core/domain/oauth'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { html } from '@anancus/core/kernel/text/html'
import { form, submit } from '../form.ts'
import { goTo, show } from '../page.ts'
import { forSignedIn } from '../require-signed-in.ts'
import { describeScope } from './scope-names.ts'

/** The apps a user let in. Open to those who may do nothing else. */
export const authorizedApplicationsPage = forSignedIn(async (call) => {
  const apps = await listAuthorizedApplications(call.ctx, call.signedIn.viewer)
  const day = (date: Date) =>
    html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`
  await show(call, {
    title: 'Authorised apps',
    width: 'wide',
    body: html`<div class="card"><h1>Authorised apps</h1>
<p class="muted">They can use your account without your password. Take back what you do not use.</p>
${apps.length === 0 && html`<p>There are none.</p>`}
<ul class="rows">${apps.map(
      (
        app,
      ) => html`<li><span><strong>${app.website ? html`<a href="${app.website}" rel="noopener noreferrer" target="_blank">${app.name}</a>` : app.name}</strong>
<small class="muted">Authorised ${day(app.authorized_at)} · ${
        app.last_used_at ? html`last used ${day(app.last_used_at)}` : 'never used'
      }</small><small>${(app.scopes ?? []).map(describeScope).join(' · ')}</small></span>
${form(
  call,
  { action: `/oauth/authorized_applications/${app.id}`, method: 'delete', inline: true },
  submit('Revoke', 'danger'),
)}</li>`,
    )}</ul></div><p><a href="/auth/edit">Account settings</a></p>`,
  })
})

export const revokeAuthorizedApplication = forSignedIn(async (call) => {
  const { id } = call.req.params
  if (!isId(id)) throw new NotFoundError()
  await revokeApplication(call.ctx, call.signedIn.viewer.user.id, id)
  goTo(call, '/oauth/authorized_applications', 'The app has no access any more.')
})
