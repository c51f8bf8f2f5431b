import {
  type CacheRunReport,
  forecastInWords,
  KIND_WORDS,
  type MediaCache,
  type NextFile,
  readMediaCache,
  WORTH_WORDS,
} from '@anancus/core/domain/media-cache'
import { trimMediaCacheJob } from '@anancus/core/jobs'
import { enqueue } from '@anancus/core/kernel/enqueue'
import { ForbiddenError } from '@anancus/core/kernel/errors'
import { isPermitted } from '@anancus/core/kernel/permissions'
import { type Html, html } from '@anancus/core/kernel/text/html'
import { humanSize } from '@anancus/core/kernel/text/human-size'
import type { SignedIn } from '../../http/session.ts'
import { form, submit } from '../form.ts'
import { goTo, type PageCall, type PageHandler, show } from '../page.ts'
import { forFunctional } from '../require-signed-in.ts'

type OwnCall = PageCall & { signedIn: SignedIn }

const PATH = '/admin/media-cache'

/** How full the cache of remote media is, when it will be full, what would go next, and what went. */
export const mediaCachePage = forOperators(async (call) => {
  const cache = await readMediaCache(call.ctx)
  await show(call, {
    title: 'Media cache',
    width: 'wide',
    body: html`<div class="card"><h1>Copies of media from other servers</h1>
${standing(cache)}
${cache.budget !== null && form(call, { action: `${PATH}/trim`, inline: true }, submit('Make room now', 'secondary'))}</div>
<div class="card"><h2>Use by kind</h2>${kindTable(cache)}</div>
<div class="card"><h2>What would go next</h2>
${
  cache.next.length === 0
    ? html`<p>There is nothing to remove.</p>`
    : html`<p class="muted">When room is needed, in this order. All of it can be fetched again.</p>
<ul class="rows">${cache.next.map(nextRow)}</ul>`
}</div>
<div class="card"><h2>What went</h2>
${
  cache.runs.length === 0 ? html`<p>Nothing yet.</p>` : html`<ul class="rows">${cache.runs.map(runRow)}</ul>`
}</div>`,
  })
})

export const submitTrim = forOperators(async (call) => {
  await enqueue(call.ctx, trimMediaCacheJob, {})
  goTo(call, PATH, 'Room is being made: look again in a moment.')
})

function forOperators(handler: (call: OwnCall) => Promise<void>): PageHandler {
  return forFunctional(async (call) => {
    if (!isPermitted(call.signedIn.viewer.role, 'manage_settings')) throw new ForbiddenError()
    await handler(call)
  })
}

function standing(cache: MediaCache): Html {
  const { budget, total, disk } = cache
  const size =
    budget === null
      ? html`<p><strong>${humanSize(total)}</strong>, with no budget. Set <code>MEDIA_CACHE_BUDGET</code> to keep it within one.</p>`
      : html`<p><strong>${humanSize(total)}</strong> of a budget of ${humanSize(budget)}</p>
<progress class="use" max="${budget}" value="${Math.min(total, budget)}">${share(total, budget)}</progress>`
  return html`${size}
<p>${forecastInWords(cache)}</p>
${
  disk.free !== null &&
  html`<p class="muted">${humanSize(disk.free)} of the disk is free; below ${humanSize(disk.floor)} nothing is copied.</p>`
}
${
  disk.isStopped &&
  html`<p class="alert" role="alert">The disk is nearly full: nothing from other servers is copied now. People are sent to the files where they are.</p>`
}`
}

function kindTable({ kinds, total }: MediaCache): Html {
  return html`<div class="scroll"><table class="list"><thead><tr><th scope="col">Kind</th><th scope="col">Files</th>
<th scope="col">Size</th><th scope="col">Share</th></tr></thead>
<tbody>${kinds.map(
    ({
      kind,
      files,
      bytes,
    }) => html`<tr><th scope="row">${KIND_WORDS[kind]}</th><td>${files.toLocaleString('en')}</td>
<td>${humanSize(bytes)}</td><td>${share(bytes, total)}</td></tr>`,
  )}</tbody></table></div>`
}

function nextRow({ kind, name, bytes, usedAt, worth }: NextFile): Html {
  return html`<li><span><strong>${name}</strong>
<small>${KIND_WORDS[kind]} · last use ${day(usedAt)}${WORTH_WORDS[worth] && html` · ${WORTH_WORDS[worth]}`}</small></span>
<span>${humanSize(bytes)}</span></li>`
}

function runRow({ endedAt, seconds, bytesBefore, bytesAfter, removed }: CacheRunReport): Html {
  const parts = Object.entries(removed).map(([kind, { files, bytes, keptFiles }]) => {
    const kept = keptFiles > 0 ? `, ${keptFiles.toLocaleString('en')} of them worth keeping` : ''
    return `${KIND_WORDS[kind as keyof typeof removed]}: ${files.toLocaleString('en')} (${humanSize(bytes)}${kept})`
  })
  return html`<li><span><strong>${humanSize(bytesBefore)} → ${humanSize(bytesAfter)}</strong>
<small><time datetime="${endedAt.toISOString()}">${time(endedAt)}</time>, within ${Math.ceil(seconds)} s</small>
<small>${parts.join(' · ')}</small></span></li>`
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`
}

function day(date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`
}

function time(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
