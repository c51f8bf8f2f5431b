import type { Ctx } from '../kernel/context.ts'

type Tasks = readonly (() => Promise<unknown>)[]
type Results<Some extends Tasks> = { -readonly [Key in keyof Some]: Awaited<ReturnType<Some[Key]>> }

/** Runs statements side by side; inside a transaction, which has one connection, one after the other. */
export async function together<const Some extends Tasks>(ctx: Ctx, tasks: Some): Promise<Results<Some>> {
  if (!ctx.held) return (await Promise.all(tasks.map((task) => task()))) as Results<Some>
  const results: unknown[] = []
  for (const task of tasks) results.push(await task())
  return results as Results<Some>
}
