// Run by `startBotPeer`: a server of one bot, *robo*, built on @evanp/activitypub-bot. `process.argv[2]` is its database.
import './activity-streams.ts'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Deed, Dialect, FromPeer, ToPeer } from './messages.ts'

/** The framework has no types of its own; these are the parts used here. */
interface Thing {
  id: string
  export(options: { useOriginalContext: boolean }): Promise<Record<string, unknown>>
}
interface BotContext {
  getObject(id: string): Promise<Thing>
  followActor(actor: Thing): Promise<Thing>
  unfollowActor(actor: Thing): Promise<Thing>
  sendNote(html: string, to: { to: string[]; cc: string[] }): Promise<Thing>
  deleteNote(note: Thing): Promise<Thing>
  likeObject(object: Thing): Promise<Thing>
  unlikeObject(object: Thing): Promise<Thing>
  announceObject(object: Thing): Promise<Thing>
  doActivity(activity: Record<string, unknown>): Promise<Thing>
}
interface App {
  (request: IncomingMessage, response: ServerResponse): void
  locals: {
    connection: { query(sql: string, options: { replacements: unknown[] }): Promise<unknown> }
    actorStorage: { getCollectionPage(username: string, name: string, page: number): Promise<Thing> }
    client: { get(url: string): Promise<Thing> }
  }
}
interface Framework {
  Bot: new (
    username: string,
  ) => {
    _context: BotContext
    handleActivity(activity: Thing): Promise<boolean>
    onPublic(activity: Thing): Promise<void>
  }
  makeApp(options: Record<string, unknown>): Promise<App>
}

const FRAMEWORK = '@evanp/activitypub-bot'
const { Bot, makeApp } = (await import(FRAMEWORK)) as Framework
const NAME = 'robo'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

const tell = (message: FromPeer) => process.send?.(message)

class Robo extends Bot {
  override async handleActivity(activity: Thing): Promise<boolean> {
    await this.onPublic(activity)
    return false // what the framework itself does with it is to follow
  }

  /** Of what is addressed to everybody only, a bot is told so. */
  override async onPublic(activity: Thing): Promise<void> {
    tell({ kind: 'received', activity: await activity.export({ useOriginalContext: true }) })
  }
}

const server = createServer()
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://bot.localhost:${(server.address() as AddressInfo).port}`
const FOLLOWERS = `${origin}/user/${NAME}/followers`
const bot = new Robo(NAME)
const app = await makeApp({
  databaseUrl: process.argv[2],
  origin,
  bots: { [NAME]: bot },
  allowPrivateNetworkRequests: true,
  logLevel: 'silent',
})
let takesOnly: Dialect | undefined
let last: Thing | undefined

server.on('request', (request, response) => {
  const dialect = dialectOf(request)
  if (request.method === 'POST')
    response.on('finish', () => tell({ kind: 'knock', dialect, status: response.statusCode }))
  else if (dialect !== 'none') {
    const { url: path = '' } = request
    response.on('finish', () => tell({ kind: 'signed read', dialect, path, status: response.statusCode }))
  }
  if (takesOnly !== undefined && dialect !== 'none' && dialect !== takesOnly)
    return void response.writeHead(401).end()
  if (request.method === 'GET') nameWithPort(response)
  app(request, response)
})

function dialectOf({ headers }: IncomingMessage): Dialect | 'none' {
  if (headers['signature-input'] !== undefined) return 'rfc9421'
  return headers.signature === undefined ? 'none' : 'cavage'
}

/** The framework names its handles by host alone, since it expects to live on port 443. */
function nameWithPort(response: ServerResponse): void {
  const end = response.end as (...parts: unknown[]) => ServerResponse
  response.end = ((body: unknown, ...rest: []) => {
    if (typeof body !== 'string' && !Buffer.isBuffer(body)) return end.call(response, body, ...rest)
    const text = String(body).replaceAll('@bot.localhost"', `@${new URL(origin).host}"`)
    if (response.hasHeader('content-length')) response.setHeader('content-length', Buffer.byteLength(text))
    return end.call(response, text, ...rest)
  }) as typeof response.end
}

/** What to do for each deed; the result is told to the test. */
async function perform(deed: Deed): Promise<unknown> {
  const me = bot._context
  switch (deed.deed) {
    case 'follow':
      return (await me.followActor(await me.getObject(deed.actor))).id
    case 'unfollow':
      return (await me.unfollowActor(await me.getObject(deed.actor))).id
    case 'post':
      last = await me.sendNote(deed.html, { to: [PUBLIC], cc: [deed.mention, FOLLOWERS] })
      return last.id
    case 'edit':
      return edit(deed.html)
    case 'delete':
      return (await me.deleteNote(lastNote())).id
    case 'like':
      return (await me.likeObject(await me.getObject(deed.object))).id
    case 'unlike':
      return (await me.unlikeObject(await me.getObject(deed.object))).id
    case 'announce':
      return (await me.announceObject(await me.getObject(deed.object))).id
    case 'speak':
      return speak(deed.dialect, deed.to)
    case 'read':
      return (await app.locals.client.get(deed.uri)).export({ useOriginalContext: true })
    case 'collection':
      return (await app.locals.actorStorage.getCollectionPage(NAME, deed.name, 1)).export({
        useOriginalContext: true,
      })
  }
}

/** As the framework edits, but for the date, without which Mastodon and we take it for no edit. */
async function edit(content: string): Promise<string> {
  const note = await lastNote().export({ useOriginalContext: true })
  const object = { ...note, content, updated: new Date().toISOString() }
  const { to, cc } = note
  return (await bot._context.doActivity({ type: 'Update', object, to, cc })).id
}

/** Its own store of what it has learnt about others decides how it signs at first. */
async function speak(dialect: Dialect, to: string): Promise<void> {
  takesOnly = dialect
  const { connection } = app.locals
  await connection.query('delete from signature_policy where origin = ?', { replacements: [to] })
  if (dialect === 'cavage')
    await connection.query('insert into signature_policy (origin, policy, expiry) values (?, ?, ?)', {
      replacements: [to, 'draft-cavage-12', new Date(Date.now() + 24 * 60 * 60 * 1000)],
    })
}

function lastNote(): Thing {
  if (!last) throw new Error('Nothing was posted.')
  return last
}

process.on('message', (message: ToPeer) => {
  void perform(message).then(
    (result) => tell({ kind: 'done', number: message.number, result: result ?? null }),
    (error: Error) => tell({ kind: 'failed', number: message.number, error: error.stack ?? error.message }),
  )
})
process.on('disconnect', () => process.exit(0))
tell({ kind: 'ready', origin })
