import { hasTerms } from '@anancus/core/domain/instance'
import { noteTermsSeen } from '@anancus/core/domain/users'
import { html } from '@anancus/core/kernel/text/html'
import { type PageCall, type PageHandler, show } from '../page.ts'
import { serveClient } from './serve.ts'

/** The terms, or a version of a day. Whoever was to look at them has done so by coming here. */
export async function termsPage(call: PageCall): Promise<void> {
  if (call.signedIn) await noteTermsSeen(call.ctx, call.signedIn.viewer)
  await serveClient(call, { isOpen: true })
}

/** Puts new terms before those who were away when they were mailed, once, in place of the client. */
export function withTermsBefore(handler: PageHandler): PageHandler {
  return async (call) => {
    if (!call.signedIn?.viewer.user.require_tos_interstitial) return handler(call)
    if (!(await hasTerms(call.ctx))) {
      await noteTermsSeen(call.ctx, call.signedIn.viewer) // withdrawn: there is nothing to look at
      return handler(call)
    }
    await show(call, {
      title: 'New terms of service',
      body: html`<div class="card center"><h1>The terms of service change</h1>
<p>They were changed while you were away. Look at them before you go on.</p>
<p><a class="button" href="/terms-of-service">Read the terms</a></p></div>`,
    })
  }
}
