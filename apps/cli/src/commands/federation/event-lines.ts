import type { Check, RecordedEvent } from '@anancus/core/domain/federation'

/** An event of the flight recorder in lines: what it was, each check, what follows. */
export function eventLines(event: RecordedEvent): string[] {
  const arrow = event.direction === 'in' ? '←' : '→'
  const answer = event.answer === null ? '' : ` (${event.answer})`
  const head = [
    event.at.toISOString(),
    arrow,
    event.host || 'unknown',
    event.type ?? '',
    event.outcome + answer,
  ]
  const { activity, inbox, retry, replay } = event
  return [
    head.filter(Boolean).join(' '),
    ...(activity ? [`  activity: ${activity}`] : []),
    ...(inbox ? [`  inbox: ${inbox}`] : []),
    `  ${event.checks.map(checkWords).join(', ')}`,
    ...(retry
      ? [`  try ${retry.attempt} of ${retry.attempts}; the next one in ${retry.inSeconds} s or later`]
      : []),
    ...(replay ? [`  replay: federation replay ${event.id}`] : []),
  ]
}

function checkWords({ check, passed, reason, detail }: Check): string {
  if (passed) return `✓ ${check}`
  return `✗ ${check}: ${reason ?? 'no'}${detail ? ` (${detail})` : ''}`
}
