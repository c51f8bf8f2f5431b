import { sendMail } from '@anancus/core/domain/users'
import type { TestContext } from '@anancus/core/testing/context'

/** Sends every mail that waits, as the worker would; with `delayed` also those of later. */
export async function runMailJobs(ctx: TestContext, options: { delayed?: boolean } = {}): Promise<void> {
  const queue = await ctx.queues.get('mailers')
  const states = (['waiting', 'prioritized', 'delayed'] as const).slice(0, options.delayed ? 3 : 2)
  for (const job of await queue.getJobs(states, 0, -1, true)) {
    await sendMail(ctx, job.data.payload ?? job.data)
    await job.remove()
  }
  await ctx.db('job_outbox').delete()
}

/** The path of the first link in the newest mail. */
export function mailedLink(ctx: TestContext): string {
  const text = ctx.mailer.sent.at(-1)?.text ?? ''
  const link = /https:\/\/social\.test(\/\S+)/.exec(text)?.[1]
  if (!link) throw new Error(`There is no link in the mail: ${text}`)
  return link
}
