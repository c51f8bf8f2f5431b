/**
 * Asks again until there is an answer; fails with what was awaited after `deadlineMs`. Between servers a request that
 * went wrong on a busy machine is tried again after some fifteen seconds.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  deadlineMs = 60_000,
): Promise<T> {
  const started = Date.now()
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() - started > deadlineMs) throw new Error(`Not within ${deadlineMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
