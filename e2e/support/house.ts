import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { registerHandlers, drainQueues } from '@anancus/core/testing/drain-queues'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { allHandlers } from '@anancus/core/testing/handlers'
import { deliverActivityJob, fetchCollectionsJob, fetchFeaturedJob } from '@anancus/core/jobs'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { createStreamingServer } from '../../apps/streaming/src/server.ts'
import { createServer } from '../../apps/web/src/server.ts'
import { checkAnswer, checkEntity } from '../../apps/web/test/support/answers.ts'
import { openBrowser } from '../../apps/web/test/support/browser.ts'
import { startWeb } from '../../apps/web/test/support/server.ts'
import { freePort } from '../../scripts/lib/ports.mjs'
import type { HearStep } from './case-file.ts'
import { resolveLocalhostNames } from './names.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { eventually } from './wait.ts'

/** What the payload of an event is, in the description of the API. */
const PAYLOADS: Readonly<Record<string, string>> = {
  update: 'Status',
  'status.update': 'Status',
  notification: 'Notification',
  conversation: 'Conversation',
  announcement: 'Announcement',
}

/** Jobs that would go to other servers: there are none. */
const OUTSIDE = [deliverActivityJob.name, fetchFeaturedJob.name, fetchCollectionsJob.name]

/**
 * An instance in this process, with a recorder at its doors: whatever a client makes it do is done before the next request
 * is answered, and everything it says is held against the description of the API.
 */
export interface House {
  ctx: TestContext
  baseUrl: string
  streamingUrl: string
  recorder: Recorder
  /** Placeholder → the address it stands for in a recording. */
  addresses: Record<string, string>
  /** What was said that the description does not say. */
  complaints: string[]
  password: string
  emailOf(username: string): string
  /** Lets an app in on the page it sends somebody to; gives the code. */
  consent(username: string, url: string): Promise<string>
  /** Waits until so many channels are listened to. */
  listening(channels: number): Promise<void>
  close(): Promise<void>
}

export const emailOf = (username: string) => `${username}@people.example`

/** @param people usernames; all sign in with `password` */
export async function openHouse(people: readonly string[]): Promise<House> {
  resolveLocalhostNames()
  registerHandlers(allHandlers)
  const ports = { web: await freePort(), streaming: await freePort() }
  const hosts = { web: `apps.localhost:${ports.web}`, streaming: `apps.localhost:${ports.streaming}` }
  const ctx = await testContext({
    env: {
      LOCAL_DOMAIN: hosts.web,
      LOCAL_HTTPS: 'false',
      NODE_ENV: 'development',
      STREAMING_API_BASE_URL: `ws://${hosts.streaming}`,
      OAUTH_PASSWORD_GRANT: 'true',
    },
  })
  await spreadIds(ctx)
  for (const username of people)
    await factories(ctx.db).user({ email: emailOf(username), account: { username, discoverable: true } })
  const addresses = { ...hosts, webEscaped: encodeURIComponent(hosts.web) }
  const recorder = createRecorder(addresses)
  const complaints: string[] = []
  const complain = (check: () => void) => {
    try {
      check()
    } catch (error) {
      complaints.push(String(error))
    }
  }
  let work = Promise.resolve()
  const app = createServer(ctx)
  const inTurn: RequestListener = (request, response) => {
    work.then(
      () => app(request, response),
      (error: unknown) => response.destroy(error as Error),
    )
  }
  const tapped = recorder.tap(inTurn, (seen) => {
    complain(() => checkAnswer(seen))
    if (seen.method !== 'GET')
      work = work.then(async () => void (await drainQueues(ctx, { ignore: OUTSIDE })))
  })
  const web = createHttpServer(tapped)
  const streaming = createStreamingServer(ctx)
  recorder.tapSockets(streaming.http, (frame) => complain(() => checkFrame(frame)))
  await listen(web, ports.web)
  await listen(streaming.http, ports.streaming)
  return {
    ctx,
    baseUrl: `http://${hosts.web}`,
    streamingUrl: `ws://${hosts.streaming}`,
    recorder,
    addresses,
    complaints,
    password: TEST_PASSWORD,
    emailOf,
    async consent(username, url) {
      const code = await letIn(ctx, username, url)
      recorder.consented({ consent: username, to: url, code })
      return code
    },
    listening: async (channels) =>
      void (await eventually(`${channels} channels`, async () => streaming.hub.channels.length >= channels)),
    async close() {
      await streaming.stop()
      web.closeAllConnections()
      web.close()
      await work
      await closeTestContext(ctx)
    },
  }
}

function checkFrame({ event, payload }: HearStep['frame']): void {
  const entity = PAYLOADS[event]
  if (entity) checkEntity(entity, JSON.parse(String(payload)), `the event ${event}`)
}

async function letIn(ctx: TestContext, username: string, url: string): Promise<string> {
  const web = await startWeb(ctx)
  try {
    const browser = openBrowser(web)
    await browser.signIn(emailOf(username), TEST_PASSWORD)
    const { pathname, search } = new URL(url)
    const page = await browser.get(pathname + search)
    const answer = await browser.submit(page, '/oauth/authorize')
    const code = new URL(answer.headers.get('location') ?? '', web.url).searchParams.get('code')
    if (!code) throw new Error(`No code: ${answer.status} ${answer.headers.get('location')}`)
    return code
  } finally {
    await web.close()
  }
}

/** Gives each table ids that no other has, so that a value says what it is the id of. */
async function spreadIds({ db }: TestContext): Promise<void> {
  await db.raw(`
    select setval(format('%I.%I', schemaname, sequencename)::regclass, 100000 * row_number() over (order by sequencename))
    from pg_sequences where schemaname = 'public'`)
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}
