import { addAlias, listAliases, removeAlias } from '@anancus/core/domain/relationships'
import { NotFoundError, ValidationError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { html } from '@anancus/core/kernel/text/html'
import { countForm } from '../../http/form-limits.ts'
import { errorSummary, field, form, submit } from '../form.ts'
import { goTo, show } from '../page.ts'
import { fieldOf, forMovedToo, type OwnCall } from './own-page.ts'

const PATH = '/settings/aliases'

/** The other names of an account: who of them moves here is believed. */
export const aliasesPage = forMovedToo((call) => showPage(call, null))

export const submitAlias = forMovedToo(async (call) => {
  await countForm(call.ctx, call.req, 'alias', call.signedIn.viewer.user.id)
  try {
    await addAlias(call.ctx, call.signedIn.viewer, fieldOf(call, 'account_alias', 'acct'))
    goTo(call, PATH, 'Saved. You can now move here from the old account.')
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    await showPage(call, error)
  }
})

export const deleteAliasOfOwn = forMovedToo(async (call) => {
  const { id } = call.req.params
  if (!isId(id)) throw new NotFoundError()
  await removeAlias(call.ctx, call.signedIn.viewer, id)
  goTo(call, PATH, 'Removed. You cannot move here from that account any more.')
})

async function showPage(call: OwnCall, problem: ValidationError | null): Promise<void> {
  const aliases = await listAliases(call.ctx, call.signedIn.viewer)
  await show(call, {
    title: 'Account aliases',
    status: problem === null ? 200 : 422,
    body: html`<div class="card"><h1>Account aliases</h1>
<p class="muted">To move to this account from another one, name the other one here first. That is harmless and can be taken back; the move itself begins at the old account.</p>
${errorSummary(problem)}${form(
  call,
  { action: PATH },
  field({
    name: 'account_alias[acct]',
    label: 'Handle of the old account',
    hint: 'user@example.org',
    value: problem ? fieldOf(call, 'account_alias', 'acct') : '',
    required: true,
  }),
  submit('Add'),
)}</div>
${
  aliases.length > 0 &&
  html`<div class="card"><h2>Aliases</h2><ul class="rows">${aliases.map(
    (alias) =>
      html`<li><span>${alias.acct}</span>${form(call, { action: `${PATH}/${alias.id}`, method: 'delete', inline: true }, submit('Remove', 'secondary'))}</li>`,
  )}</ul></div>`
}`,
  })
}
