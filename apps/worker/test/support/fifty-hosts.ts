import type { ServerResponse } from 'node:http'
import { sendActivity } from '@anancus/core/domain/federation'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { type Remote, redirect, reply, silence, startRemotes } from '@anancus/core/testing/remote'
import { factories } from '@anancus/db/testing/make'
import { startWorker } from '../../src/worker.ts'

/** How a host treats what is delivered to it. */
export const MANNERS = {
  hangs: silence(),
  fails: reply({ status: 500 }),
  'redirects inwards': redirect('http://127.0.0.1:6379/', 307),
  /** It takes the activity, and then talks without end: what it says is not waited for. */
  'talks without end': (_request: unknown, response: ServerResponse) => {
    response.writeHead(202)
    const talk = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384)));
    }
    response.on('drain', talk)
    talk()
    return undefined
  },
} as const
export type Manner = keyof typeof MANNERS

export interface Drill {
  /** From the first hand that takes a delivery until the last well host has every post. */
  milliseconds: number
  /** Requests at the unwell hosts meanwhile. */
  atUnwell: Record<string, number>
  /** Whether every well host got every post before patience ended. */
  hasEverybody: boolean
}

const LONGEST_MS = 60_000

/**
 * Sends posts to fifty hosts by a real worker, some of which behave as `manners` say, and measures how long those take
 * to arrive that can.
 *
 * @param posts how many, each to every host
 */
export async function drill(hosts: number, posts: number, manners: readonly Manner[]): Promise<Drill> {
  const names = Array.from({ length: hosts }, (_, n) => `h${n}`)
  const remotes = await startRemotes(names)
  const ctx = await testContext({ env: remotes.env })
  const all = names.map((name) => remotes.host(name))
  const unwell = manners.map((manner, n) => ({ manner, host: all[n] as Remote }))
  for (const host of all) host.serve('/inbox', reply({ status: 202, body: '' }))
  for (const { manner, host } of unwell) host.serve('/inbox', MANNERS[manner])
  try {
    const signer = (await factories(ctx.db).viewer({ account: { username: 'alice' } })).account
    for (let n = 0; n < posts; n++)
      await sendActivity(ctx, {
        signer,
        activity: {
          id: `https://social.test/${n}`,
          type: 'Create',
          actor: 'https://social.test/users/alice',
        },
        inboxes: all.map((host) => host.url('/inbox')),
      })
    const well = all.slice(manners.length)
    const started = performance.now()
    const worker = startWorker(ctx)
    const hasEverybody = await arrived(well, posts)
    const milliseconds = performance.now() - started
    const atUnwell = Object.fromEntries(unwell.map(({ manner, host }) => [manner, host.requests.length]))
    // Ends what hangs, so that the worker need not wait for it.
    await remotes.close()
    await worker.stop(2_000)
    return { milliseconds, atUnwell, hasEverybody }
  } finally {
    await closeTestContext(ctx)
  }
}

async function arrived(well: readonly Remote[], posts: number): Promise<boolean> {
  const deadline = performance.now() + LONGEST_MS
  while (well.some((host) => host.requests.length < posts)) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return true
}
