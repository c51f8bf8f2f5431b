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
  return [
    head.filter(Boolean).join(' '),
    ...[event.activity && `  activity: ${event.activity}`, event.inbox && `  inbox: ${event.inbox}`].filter(
      (line) => line !== null && line !== '',
    ),
    `  ${event.checks.map(checkWords).join(', ')}`,
    ...(event.retry
      ? [
          `  try ${event.retry.attempt} of ${event.retry.attempts}; the next one in ${event.retry.inSeconds} s or later`,
        ]
      : []),
    ...(event.replay ? [`  replay: federation replay ${event.id}`] : []),
  ]
}

function checkWords({ check, passed, reason, detail }: Check): string {
  if (passed) return `✓ ${check}`
  return `✗ ${check}: ${reason ?? 'no'}${detail ? ` (${detail})` : ''}`
}
