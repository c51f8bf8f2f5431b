const DEADLOCK = '40P01'
const SERIALIZATION_FAILURE = '40001'

/** Whether the database asks for the same again: two transactions met, and ours was the one that gave way. */
export function isTransientConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === DEADLOCK || code === SERIALIZATION_FAILURE
}

/**
 * Runs `work` again while it fails in a way that passes, with a short random wait between tries.
 *
 * @param tries in all, the first included
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  mayPass: (error: unknown) => boolean,
  tries = 3,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= tries || !mayPass(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
    }
  }
}
