import { endSubscription, subscriptionOfToken } from '@anancus/core/domain/email-subscriptions'
import { mailOfUnsubscribeToken, stopMails } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { html } from '@anancus/core/kernel/text/html'
import type { RequestHandler } from 'express'
import { treeOf } from '../http/pagination.ts'
import { scalarAt } from '../http/params.ts'
import { submit } from './form.ts'
import { type PageCall, show } from './page.ts'
import { showError } from './error-page.ts'

/** What a link at the end of a mail ends. */
interface Ending {
  /** "the posts of an account": what will not come any more. */
  what: string
  address: string
  end(): Promise<void>
}

const KINDS: Record<string, string> = {
  follow: 'new followers',
  follow_request: 'follow requests',
  favourite: 'favourites',
  reblog: 'boosts',
  mention: 'mentions',
  quote: 'quotes',
}

/** @throws NotFoundError the link is none of ours, or what it ends is over */
async function endingOf(ctx: Ctx, token: string): Promise<Ending> {
  const subscription = await subscriptionOfToken(ctx, token)
  if (subscription)
    return {
      what: 'posts of the account you subscribed to',
      address: subscription.email,
      end: () => endSubscription(ctx, subscription.id),
    }
  const mail = await mailOfUnsubscribeToken(ctx, token)
  if (!mail) throw new NotFoundError()
  return {
    what: `mails about ${KINDS[mail.kind] ?? mail.kind}`,
    address: mail.user.email,
    end: () => stopMails(ctx, mail),
  }
}

/** Asks before it ends anything: programs follow links in mails too. */
export async function unsubscribePage(call: PageCall): Promise<void> {
  const token = call.text('token')
  const { what, address } = await endingOf(call.ctx, token)
  await show(call, {
    title: 'Unsubscribe',
    body: html`<div class="card center"><h1>Unsubscribe?</h1>
<p>${address} will get no more ${what}.</p>
<form method="post" action="/unsubscribe"><input type="hidden" name="token" value="${token}">${submit('Unsubscribe')}</form></div>`,
  })
}

/**
 * Ends it: by the form, or by a mail program that knows the one-click header. The token is all it takes, so there is no
 * CSRF token to ask for.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8058
 */
export function submitUnsubscribe(ctx: Ctx, showDone: RequestHandler): RequestHandler {
  return async (req, res, next) => {
    res.setHeader('Cache-Control', 'private, no-store')
    try {
      const { end } = await endingOf(ctx, scalarAt(treeOf(req), 'token') ?? '')
      await end()
    } catch (error) {
      return showError(ctx, req, res, error)
    }
    await showDone(req, res, next)
  }
}

export async function unsubscribedPage(call: PageCall): Promise<void> {
  await show(call, {
    title: 'Unsubscribed',
    body: html`<div class="card center"><h1>Done</h1><p>You will get no more of these mails.</p></div>`,
  })
}
