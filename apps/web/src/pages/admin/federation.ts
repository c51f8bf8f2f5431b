import { type Check, readEvents, type RecordedEvent, replayEvent } from '@anancus/core/domain/federation'
import { ForbiddenError } from '@anancus/core/kernel/errors'
import { isPermitted } from '@anancus/core/kernel/permissions'
import { type Html, html } from '@anancus/core/kernel/text/html'
import type { SignedIn } from '../../http/session.ts'
import { checkbox, field, form, select, submit } from '../form.ts'
import { goTo, type PageCall, type PageHandler, show } from '../page.ts'
import { forFunctional } from '../require-signed-in.ts'

type OwnCall = PageCall & { signedIn: SignedIn }

const PATH = '/admin/federation'
const SHOWN = 50

/** Answers why something did not arrive: the events of the flight recorder, and a button to do them again. */
export const federationPage = forFederators(async (call) => {
  const about = call.text('about').trim()
  const events = await readEvents(call.ctx, {
    limit: SHOWN,
    failedOnly: call.text('failed') === '1',
    ...(about === '' ? {} : { about }),
    ...directionOf(call.text('direction')),
  })
  await show(call, {
    title: 'Federation',
    width: 'wide',
    body: html`<div class="card"><h1>Why did this not arrive?</h1>
<p class="muted">What other servers sent here, and what was sent to them, as far as it is still recorded.</p>
${searchForm(call)}</div>
<div class="card"><h2>${events.length === SHOWN ? html`The last ${SHOWN} events` : html`${events.length} events`}</h2>
${
  events.length === 0
    ? html`<p>Nothing is recorded of this: it never came, or it made room for others.</p>`
    : html`<ul class="rows">${events.map((event) => eventRow(call, event))}</ul>`
}</div>`,
  })
})

export const submitReplay = forFederators(async (call) => {
  await replayEvent(call.ctx, call.text('event'))
  const about = call.text('about')
  goTo(
    call,
    about === '' ? PATH : `${PATH}?about=${encodeURIComponent(about)}`,
    'It is in the queue: look again in a moment.',
  )
})

function forFederators(handler: (call: OwnCall) => Promise<void>): PageHandler {
  return forFunctional(async (call) => {
    if (!isPermitted(call.signedIn.viewer.role, 'manage_federation')) throw new ForbiddenError()
    await handler(call)
  })
}

function directionOf(text: string): { direction?: 'in' | 'out' } {
  return text === 'in' || text === 'out' ? { direction: text } : {}
}

function searchForm(call: OwnCall): Html {
  return html`<form method="get" action="${PATH}" class="form">
${field({
  name: 'about',
  label: 'Host, or address of an activity, a status, an actor or an inbox',
  value: call.text('about'),
})}
${select({
  name: 'direction',
  label: 'Direction',
  options: [
    ['', 'Both'],
    ['in', 'What came in'],
    ['out', 'What went out'],
  ],
  value: call.text('direction'),
})}
${checkbox({ name: 'failed', label: 'Only what did not go well', checked: call.text('failed') === '1' })}
${submit('Look')}</form>`
}

function eventRow(call: OwnCall, event: RecordedEvent): Html {
  const time = event.at.toISOString()
  return html`<li><span><strong>${event.direction === 'in' ? '←' : '→'} ${event.host || 'unknown host'}</strong>
${event.type ?? 'no type'} · ${event.outcome.replace('_', ' ')}${event.answer !== null && html` · answered ${event.answer}`}
<small><time datetime="${time}">${time.slice(0, 19).replace('T', ' ')} UTC</time>${
    event.activity && html` · ${event.activity}`
  }</small>
<small>${event.checks.map(checkWords)}</small>${
    event.retry &&
    html`<small>Try ${event.retry.attempt} of ${event.retry.attempts}; the next one in ${event.retry.inSeconds} seconds or later.</small>`
  }</span>${
    event.replay &&
    form(
      call,
      { action: `${PATH}/replay`, inline: true },
      html`<input type="hidden" name="event" value="${event.id}"><input type="hidden" name="about" value="${call.text('about')}">`,
      submit('Replay', 'secondary'),
    )
  }</li>`
}

function checkWords({ check, passed, reason, detail }: Check): Html {
  const name = check.replaceAll('_', ' ')
  if (passed) return html`✓ ${name} `
  return html`✗ ${name}: <code>${reason ?? 'no'}</code>${detail && html` ${detail}`} `
}
