import { updateCredentials } from '@anancus/core/domain/accounts'
import { countReaders, mayOfferMail } from '@anancus/core/domain/email-subscriptions'
import { preferencesOf } from '@anancus/core/domain/settings'
import { html } from '@anancus/core/kernel/text/html'
import { isHash } from '../../http/param-tree.ts'
import { scalarAt } from '../../http/params.ts'
import type { SignedIn } from '../../http/session.ts'
import { checkbox, form, submit } from '../form.ts'
import { goTo, type PageCall, show } from '../page.ts'
import { forFunctional } from '../require-signed-in.ts'

type OwnCall = PageCall & { signedIn: SignedIn }

/** Who finds the account, and who reads it how. */
export const privacyPage = forFunctional(async (call) => {
  const { viewer } = call.signedIn
  const { account, user } = viewer
  const preferences = preferencesOf(user)
  const offersMail = await mayOfferMail(call.ctx, viewer)
  await show(call, {
    title: 'Privacy and reach',
    body: html`<div class="card"><h1>Privacy and reach</h1>
${form(
  call,
  { action: '/settings/privacy', method: 'put' },
  choice('discoverable', 'Suggest my profile and posts to others', account.discoverable === true),
  choice('unlocked', 'Accept new followers without asking me', !account.locked),
  choice('indexable', 'Find my public posts in the search of servers', account.indexable),
  choice('settings][indexable', 'Let search engines find my profile', preferences.noindex !== true),
  choice('settings][show_application', 'Show which app I posted with', preferences.show_application),
  offersMail &&
    choice(
      'settings][email_subscriptions',
      'Let people read my public posts by mail',
      preferences.email_subscriptions,
    ),
  offersMail && html`<p class="hint">${readers(await countReaders(call.ctx, viewer))}</p>`,
  submit('Save'),
)}</div>`,
  })
})

export const submitPrivacy = forFunctional(async (call) => {
  const { viewer } = call.signedIn
  const offersMail = await mayOfferMail(call.ctx, viewer)
  await updateCredentials(
    call.ctx,
    viewer,
    {
      discoverable: isTicked(call, 'discoverable'),
      locked: !isTicked(call, 'unlocked'),
      indexable: isTicked(call, 'indexable'),
    },
    {
      noindex: !isTicked(call, 'indexable', 'settings'),
      show_application: isTicked(call, 'show_application', 'settings'),
      ...(offersMail ? { email_subscriptions: isTicked(call, 'email_subscriptions', 'settings') } : {}),
    },
  )
  goTo(call, '/settings/privacy', 'Saved.')
})

function choice(name: string, label: string, checked: boolean) {
  return checkbox({ name: `account[${name}]`, label, checked })
}

/** A box that is not ticked is not sent. */
function isTicked(call: OwnCall, name: string, group?: string): boolean {
  const { account } = call.tree
  const fields = isHash(account) && group !== undefined ? account[group] : account
  return isHash(fields) && scalarAt(fields, name) === '1'
}

function readers(count: number): string {
  if (count === 0) return 'Nobody reads you by mail yet.'
  return count === 1 ? 'One person reads you by mail.' : `${count} people read you by mail.`
}
