import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, disconnect } from '@anancus/db'
import { testServices, uniqueName } from '@anancus/core/testing/services'
import type { Deed, Dialect, FromPeer } from './messages.ts'

/**
 * A server of one bot, *robo*, that runs @evanp/activitypub-bot in a process of its own: a whole implementation of
 * ActivityPub, with its own database, queue, JSON-LD and signatures of both dialects. It shares nothing with ours.
 */
export interface BotPeer {
  host: string
  origin: string
  /** Robo's id. */
  robo: string
  /** The activities whose signatures held, as they reached the bot. */
  received: Record<string, unknown>[]
  /** The requests to its inboxes. */
  knocks: { dialect: Dialect | 'none'; status: number }[]
  /** The signed requests for its documents. */
  signedReads: { dialect: Dialect; path: string; status: number }[]
  /** Lets the bot do something. */
  let(deed: Deed): Promise<unknown>
  close(): Promise<void>
}

/** Starts it; some seconds. */
export async function startBotPeer(): Promise<BotPeer> {
  const database = `${uniqueName()}_bot`
  const url = new URL(testServices().databaseUrl)
  await asAdmin(`create database ${database}`)
  url.pathname = `/${database}`
  const child = fork(new URL('process.ts', import.meta.url), [url.href], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  const ready = await firstMessage(child)
  const { origin } = ready
  const peer = listenTo(child)
  return {
    host: new URL(origin).host,
    origin,
    robo: `${origin}/user/robo`,
    ...peer,
    async close() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
      await asAdmin(`drop database if exists ${database} with (force)`)
    },
  }
}

async function firstMessage(child: ChildProcess): Promise<FromPeer & { kind: 'ready' }> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The bot's process ended with ${code} before it was ready.`)
    }),
  ])) as [FromPeer]
  if (message.kind !== 'ready') throw new Error(`The bot began with ${message.kind}.`)
  return message
}

function listenTo(child: ChildProcess): Pick<BotPeer, 'received' | 'knocks' | 'signedReads' | 'let'> {
  const received: BotPeer['received'] = []
  const knocks: BotPeer['knocks'] = []
  const signedReads: BotPeer['signedReads'] = []
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  child.on('message', (message: FromPeer) => {
    if (message.kind === 'received') received.push(message.activity)
    else if (message.kind === 'knock') knocks.push(message)
    else if (message.kind === 'signed read') signedReads.push(message)
    else if (message.kind === 'done') waiting.get(message.number)?.resolve(message.result)
    else if (message.kind === 'failed') waiting.get(message.number)?.reject(new Error(message.error))
  })
  let count = 0
  const perform = (deed: Deed) =>
    new Promise((resolve, reject) => {
      waiting.set(++count, { resolve, reject })
      child.send({ ...deed, number: count })
    })
  return { received, knocks, signedReads, let: perform }
}

async function asAdmin(command: string): Promise<void> {
  const admin = connect({ url: testServices().databaseUrl, poolSize: 1 })
  try {
    await admin.raw(command)
  } finally {
    await disconnect(admin)
  }
}
