import { randomBytes } from 'node:crypto'
import type { Ctx } from '@anancus/core/kernel/context'
import { html } from '@anancus/core/kernel/text/html'
import type { Request, Response } from 'express'
import { answerTo } from '../http/errors.ts'
import { wantsJson } from '../http/negotiate.ts'
import { logOf } from '../http/request-log.ts'
import { writeError } from '../http/respond.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { frame } from './layouts/layout.ts'

const WORDS: Record<number, { title: string; text: string }> = {
  400: { title: 'Bad request', text: 'What your browser sent makes no sense here.' },
  401: { title: 'Not signed in', text: 'Sign in to see this page.' },
  403: { title: 'Not allowed', text: 'You may not see this page.' },
  404: { title: 'Not found', text: 'There is nothing here, or nothing you may see.' },
  406: { title: 'No such form', text: 'This page does not exist in the form you asked for.' },
  410: { title: 'Gone', text: 'What was here is gone and will not come back.' },
  413: { title: 'Too large', text: 'What your browser sent is too large.' },
  422: {
    title: 'Security check failed',
    text: 'The form is too old, or your browser blocks cookies. Go back, load the page again and try once more.',
  },
  429: { title: 'Too many tries', text: 'You sent too much in a short time. Wait a few minutes.' },
  500: { title: 'Our mistake', text: 'Something went wrong on our side. It was written down.' },
  503: { title: 'Not right now', text: 'The server is busy or being repaired. Try again in a minute.' },
}

/** Answers an error to a person as a page, to a program as JSON. No stack, no cause. */
export function showError(ctx: Ctx, req: Request, res: Response, error: unknown): void {
  const answer = answerTo(error)
  if (answer.isOurs) logOf(req, ctx).error({ error, path: req.path }, 'page failed')
  if (res.headersSent || wantsJson(req)) return writeError(res, error)
  const nonce = randomBytes(16).toString('base64')
  const words = WORDS[answer.status] ?? { title: 'Something is wrong', text: '' }
  // The sentence of an expected refusal says more than the general one; ours are kept to ourselves.
  const { error: told } = answer.body
  const isTold = !answer.isOurs && [403, 422].includes(answer.status)
  const detail = isTold ? (typeof told === 'string' ? told : told.error) : ''
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value)
  res.setHeader('Cache-Control', 'private, no-store')
  res.setHeader('Content-Security-Policy', contentSecurityPolicy(ctx.config, nonce))
  const bytes = Buffer.from(
    frame({
      title: words.title,
      nonce,
      siteTitle: ctx.config.localDomain,
      body: html`<div class="card center"><p class="code" aria-hidden="true">${answer.status}</p>
<h1>${words.title}</h1><p>${words.text}</p>${detail && html`<p class="muted">${detail}</p>`}
<p><a class="button" href="/">To the front page</a></p></div>`,
    }),
  )
  res.statusCode = answer.status
  res.setHeader('Content-Type', 'text/html; charset=utf-8')
  res.setHeader('Content-Length', String(bytes.length))
  res.end(bytes)
}
