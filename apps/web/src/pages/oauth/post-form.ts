import { html, raw } from '@anancus/core/kernel/text/html'
import { type PageCall, show } from '../page.ts'

/**
 * Hands an answer over by a form that the browser posts at once, or at the press of a button.
 *
 * @see https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
 */
export async function postForm(
  call: PageCall,
  action: string,
  params: Record<string, string>,
): Promise<void> {
  const fields = Object.entries(params).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  await show(call, {
    title: 'One moment',
    policy: { formsLeadOn: true },
    body: html`<div class="card center"><h1>Back to the app</h1>
<form method="post" action="${action}" id="answer">${fields}<button type="submit" class="button">Continue</button></form></div>
<script nonce="${call.nonce}">${raw("document.getElementById('answer').submit()")}</script>`,
  })
}
