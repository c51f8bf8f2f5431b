import { onStatement } from '@anancus/db'

/** Counts the statements sent to the database by this process while `work` runs; transaction words do not count. */
export async function countStatements(
  work: () => Promise<unknown>,
): Promise<{ count: number; texts: string[] }> {
  const texts: string[] = []
  const stop = onStatement((text) => texts.push(text))
  try {
    await work()
  } finally {
    stop()
  }
  return { count: texts.length, texts }
}
