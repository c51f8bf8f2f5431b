import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import { AppError, type FieldError, ValidationError } from '@anancus/core/kernel/errors'
import type { Command, Options, Session } from './command.ts'
import type { Output } from './output.ts'

const FAILED = 1

/**
 * Runs one command and returns its exit code: the place where this door turns errors into words. What may be told is
 * told in one red message; a bug shows its stack, since the reader can act on it.
 */
export async function runCommand(
  command: Command,
  args: readonly (string | undefined)[],
  options: Options,
  out: Output,
  environment: Record<string, string | undefined>,
): Promise<number> {
  let ctx: Ctx | undefined
  const session: Session = {
    out,
    environment,
    context: async () => {
      const built = ctx ?? (await buildContext(loadConfig(environment), { name: 'cli' }))
      ctx = built
      return built
    },
  }
  try {
    await command.run(session, args, options)
    return 0
  } catch (error) {
    for (const line of linesOf(error)) out.fail(line)
    return FAILED
  } finally {
    if (ctx) await closeContext(ctx)
  }
}

function linesOf(error: unknown): string[] {
  if (error instanceof ValidationError && error.details)
    return Object.entries(error.details).flatMap(fieldLines)
  if (error instanceof AppError && error.expose) return [error.message]
  if (isConnectionError(error))
    return [
      `The database or Redis cannot be reached (${error.message}). Check DB_HOST, DATABASE_URL and REDIS_URL.`,
    ]
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}

/** As tootctl lists them: the attribute, then what is wrong with it. */
function fieldLines([field, errors]: [string, FieldError[]]): string[] {
  return [`Failure/Error: ${field}`, ...errors.map((error) => `    ${error.description} (${error.error})`)]
}

function isConnectionError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = (error as NodeJS.ErrnoException).code
  return ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', '28P01', '3D000'].includes(code ?? '')
}
