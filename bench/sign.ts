// `node bench/sign.ts [deliveries] [in flight]`: signs deliveries with cached keys, in both dialects, and prints how many a
// second that makes and how long the event loop was kept waiting meanwhile; beside it the same signatures made in the event
// loop. Fails when the loop waited longer than the limit while the thread pool signed.
import { constants, createHash, createPrivateKey, sign } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Signer, signerOf } from '@anancus/core/activitypub/transport/keys'
import { signRequest } from '@anancus/core/activitypub/transport/sign'
import { signRequestRfc9421 } from '@anancus/core/activitypub/transport/sign-rfc9421'
import { loadConfig } from '@anancus/core/kernel/config'
import { TEST_KEYS } from '@anancus/db/testing/test-keys'

const DELIVERIES = Number(process.argv[2] ?? 1_000)
const IN_FLIGHT = Number(process.argv[3] ?? 32)
const ROUNDS = 5
/** How late the turns of the loop may come while the pool signs, against signing in the loop. */
const LIMIT = 0.75
const IDLE_MS = 500
const HOSTS = 50
const KEY_LOOKUPS = 100_000
const WARM_UP = 200

const config = loadConfig({ NODE_ENV: 'test', LOCAL_DOMAIN: 'social.test', LOCAL_HTTPS: 'true' })
const accounts = TEST_KEYS.map(({ privateKey }, index) => ({
  id: String(index + 1),
  username: `user${index}`,
  domain: null,
  id_scheme: 1,
  uri: '',
  url: null,
  private_key: privateKey,
}))
const body = JSON.stringify({ type: 'Create', object: { type: 'Note', content: 'a'.repeat(1_000) } })
const inboxes = Array.from({ length: HOSTS }, (_, n) => new URL(`https://host${n}.example/inbox`))

type Sign = (signer: Signer, url: URL) => unknown

const POOL: readonly [string, Sign][] = [
  [
    'draft-cavage',
    (signer, url) =>
      signRequest(
        signer,
        { method: 'POST', url, body },
        { 'content-type': 'application/activity+json' },
        new Date(),
      ),
  ],
  ['RFC 9421', (signer, url) => signRequestRfc9421(signer, { method: 'POST', url, body }, new Date())],
]

/** What signing would be without the thread pool, for comparison. */
function inTheLoop({ key }: Signer, url: URL): Buffer {
  const digest = createHash('sha256').update(body).digest('base64')
  const text = Buffer.from(`(request-target): post ${url.pathname}\nhost: ${url.host}\ndigest: ${digest}`)
  return sign('sha256', text, { key, padding: constants.RSA_PKCS1_PADDING })
}

/** Signs so many, some at once as the worker does; each job looks its signer up, as a delivery does. */
async function signAll(count: number, way: Sign): Promise<void> {
  let next = 0
  const hand = async () => {
    for (let n = next++; n < count; n = next++) {
      const account = accounts[n % accounts.length]
      const inbox = inboxes[n % HOSTS]
      if (account && inbox) await way(signerOf(config, account), inbox)
      // A job ends and another begins: the loop gets its turn between them, as it does in the worker.
      await new Promise(setImmediate)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, hand))
}

interface Measured {
  perSecond: number
  p99: number
  longest: number
}

async function measure(way: Sign): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const started = performance.now()
  await signAll(DELIVERIES, way)
  const seconds = (performance.now() - started) / 1_000
  delay.disable()
  return { perSecond: DELIVERIES / seconds, ...lateness(delay) }
}

/** The loop of a process that does nothing, on this machine as it is now. */
async function idle(): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await sleep(IDLE_MS)
  delay.disable()
  return lateness(delay).p99
}

/** How late turns of the loop came; the timer itself counts a millisecond. */
function lateness(delay: ReturnType<typeof monitorEventLoopDelay>): { p99: number; longest: number } {
  return { p99: delay.percentile(99) / 1e6 - 1, longest: delay.max / 1e6 - 1 }
}

/** What parsing a key each time would cost, against looking it up. */
function keyCosts(): { parsed: number; cached: number } {
  const [account] = accounts
  const parse = () => createPrivateKey(account?.private_key ?? '')
  const lookUp = () => account && signerOf(config, account)
  const microseconds = (work: () => unknown, count: number) => {
    const started = performance.now()
    for (let n = 0; n < count; n++) work()
    return ((performance.now() - started) * 1_000) / count
  }
  return { parsed: microseconds(parse, KEY_LOOKUPS / 100), cached: microseconds(lookUp, KEY_LOOKUPS) }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const say = (line: string) => process.stdout.write(`${line}\n`)

const costs = keyCosts()
say(`a signer: ${costs.cached.toFixed(2)} µs cached, ${costs.parsed.toFixed(1)} µs parsed anew`)

/** Prints what a way makes; gives how late 99 of 100 turns of the loop came. */
async function tell(name: string, way: Sign): Promise<number> {
  await signAll(WARM_UP, way)
  const rounds: (Measured & { idle: number })[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push({ idle: await idle(), ...(await measure(way)) })
  const middle = (of: keyof (typeof rounds)[number]) => median(rounds.map((one) => one[of]))
  const words = [
    `${name}: ${middle('perSecond').toFixed(0)} signatures/s`,
    `the loop late by ${middle('p99').toFixed(1)} ms (99 of 100; idle ${middle('idle').toFixed(1)})`,
    `at most ${middle('longest').toFixed(1)} ms`,
  ]
  say(words.join(', '))
  return middle('p99')
}

say(`${DELIVERIES} deliveries, ${IN_FLIGHT} at once`)
const late: number[] = []
for (const [name, way] of POOL) late.push(await tell(name, way))
const inLoop = await tell('in the event loop', inTheLoop)
const ratio = Math.max(...late) / inLoop
say(`the pool leaves ${(ratio * 100).toFixed(0)} % of the lateness (limit ${LIMIT * 100} %)`)
process.exit(ratio <= LIMIT ? 0 : 1)
