import { html } from '@anancus/core/kernel/text/html'
import { type PageCall, show } from '../page.ts'

const RETRY_AFTER_SECONDS = 30

/** In place of a client that nobody built: what is missing and what to type. Everything but the client works. */
export async function showNotBuilt(call: PageCall): Promise<void> {
  call.ctx.log.warn({}, 'the web client is not built: run `pnpm build`')
  call.res.setHeader('Retry-After', String(RETRY_AFTER_SECONDS))
  await show(call, {
    title: 'The web client is not built',
    status: 503,
    body: html`<div class="card"><h1>The web client is not built</h1>
<p>The server runs: apps, other servers, sign-in and settings work. Only the pages of the web client are missing.</p>
<p>Whoever runs it builds them with <code>npm start</code>, or with <code>pnpm build</code> while it runs.</p></div>`,
  })
}
