import { confirmSubscription } from '@anancus/core/domain/email-subscriptions'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { html } from '@anancus/core/kernel/text/html'
import { accountUrl, fullAcct } from '@anancus/core/kernel/uris'
import { countForm } from '../http/form-limits.ts'
import { type PageCall, show } from './page.ts'

/** The link of the mail that asks a reader to confirm. */
export async function confirmSubscriptionPage(call: PageCall): Promise<void> {
  await countForm(call.ctx, call.req, 'confirmation')
  try {
    const { account } = await confirmSubscription(call.ctx, call.text('confirmation_token'))
    const { config } = call.ctx
    await show(call, {
      title: 'Subscribed',
      body: html`<div class="card center"><h1>Thank you!</h1>
<p>From now on you get the public posts of <a href="${accountUrl(config, account)}">@${fullAcct(config, account)}</a> by mail. Every mail has a link that ends it.</p></div>`,
    })
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    await show(call, {
      title: 'No such subscription',
      status: 404,
      body: html`<div class="card center"><h1>This link leads nowhere</h1>
<p>The subscription was ended, or nobody confirmed it within a week.</p></div>`,
    })
  }
}
