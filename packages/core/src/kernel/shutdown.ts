import { collectAfterStart } from './collect-after-start.ts'
import { StartError } from './errors.ts'
import type { Logger } from './log.ts'

const DEADLINE_MS = 25_000

/**
 * Ends this process on SIGTERM or SIGINT: calls `stop`, which lets running work end, and exits 0 when it is through. A
 * second signal, or the deadline, exits at once. An error nobody caught is logged and ends the process in the same
 * way with exit code 1, so that its supervisor starts it anew rather than keep something half alive.
 */
export function stopOnSignals(log: Logger, stop: () => Promise<void>, deadlineMs = DEADLINE_MS): void {
  let stopping = false
  const end = (reason: string, code: number) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ reason }, 'stopping')
    setTimeout(() => {
      log.error({ deadlineMs }, 'not stopped in time')
      process.exit(1)
    }, deadlineMs).unref()
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => end('SIGTERM', 0))
  process.on('SIGINT', () => end('SIGINT', 0))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error({ error, event }, 'an error nobody caught')
      end(event, 1)
    })
  }
}

/**
 * Runs the `main` of a process. What keeps it from starting is told as one plain message; anything else is a bug and
 * keeps its stack. Both exit 1.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main()
    collectAfterStart()
  } catch (error) {
    const text = error instanceof StartError ? error.message : String((error as Error | null)?.stack ?? error)
    process.stderr.write(`${text}\n`)
    process.exit(1)
  }
}
