import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFederation, type Federation, generateCryptoKeyPair, MemoryKvStore } from '@fedify/fedify'
import {
  Accept,
  type Activity,
  Create,
  Delete,
  Endpoints,
  Follow,
  Like,
  Note,
  Person,
  PUBLIC_COLLECTION,
  Undo,
  Update,
} from '@fedify/fedify/vocab'
import type { DocumentLoader } from '@fedify/fedify/runtime'

/**
 * A server of one user, *bob*, built on Fedify: an implementation of ActivityPub that is not ours. It verifies what we
 * send and signs what it sends by its own rules, over real HTTP on loopback.
 */
export interface FedifyPeer {
  host: string
  /** Bob's id. */
  bob: string
  /** The activities whose signatures held, as Fedify read them. */
  received: Activity[]
  /** The bodies that came to its inboxes, as they came. */
  bodies: Record<string, unknown>[]
  /** How the requests to its inboxes were signed. */
  knocks: Dialect[]
  /** What Fedify reads other servers' documents and contexts with. */
  loaders: { documentLoader: DocumentLoader; contextLoader: DocumentLoader }
  /** Bob follows an actor. */
  follow(actor: string): Promise<string>
  /** Bob writes a public note that mentions an actor; gives its id. */
  post(html: string, mention: string): Promise<string>
  editLast(html: string): Promise<void>
  like(object: string, author: string): Promise<void>
  deleteLast(): Promise<void>
  unfollow(actor: string): Promise<void>
  /** What Fedify makes of a document of ours; throws when it cannot read it. */
  lookup(uri: string): Promise<unknown>
  close(): Promise<void>
}

export type Dialect = 'cavage' | 'rfc9421'

export interface FedifyPeerOptions {
  /** How bob signs what he sends at first. */
  firstKnock?: Dialect
  /** Refuses requests to its inboxes that are not signed so. */
  takesOnly?: Dialect
}

export async function startFedifyPeer(options: FedifyPeerOptions = {}): Promise<FedifyPeer> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://fedify.localhost:${(server.address() as AddressInfo).port}`
  const state: State = { notes: new Map(), received: [], bodies: [], knocks: [], count: 0 }
  const federation = await bobsFederation(state, options.firstKnock ?? 'rfc9421')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void answer(federation, { origin, state, takesOnly: options.takesOnly }, request, response)
  })
  return peerOf(server, federation, origin, state)
}

interface State {
  notes: Map<string, Note>
  received: Activity[]
  bodies: Record<string, unknown>[]
  knocks: Dialect[]
  count: number
}

async function bobsFederation(state: State, firstKnock: Dialect): Promise<Federation<undefined>> {
  const keys = [
    await generateCryptoKeyPair('RSASSA-PKCS1-v1_5'),
    await generateCryptoKeyPair('Ed25519'),
  ] as const
  const federation = createFederation<undefined>({
    kv: new MemoryKvStore(),
    allowPrivateAddress: true,
    firstKnock: firstKnock === 'cavage' ? 'draft-cavage-http-signatures-12' : 'rfc9421',
  })
  federation
    .setActorDispatcher('/users/{identifier}', async (context, identifier) => {
      if (identifier !== 'bob') return null
      const keyPairs = await context.getActorKeyPairs(identifier)
      const [key] = keyPairs
      return new Person({
        id: context.getActorUri(identifier),
        preferredUsername: identifier,
        name: 'Bob',
        inbox: context.getInboxUri(identifier),
        endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
        ...(key ? { publicKey: key.cryptographicKey } : {}),
        assertionMethods: keyPairs.map((pair) => pair.multikey),
      })
    })
    .setKeyPairsDispatcher(async () => [...keys])
  federation.setObjectDispatcher(Note, '/notes/{id}', async (_context, { id }) => state.notes.get(id) ?? null)
  federation
    .setInboxListeners('/users/{identifier}/inbox', '/inbox')
    .setSharedKeyDispatcher(() => ({ identifier: 'bob' }))
    .on(Follow, async (context, follow) => {
      state.received.push(follow)
      const follower = await follow.getActor(context)
      if (!follow.actorId || !follower) throw new Error('The follower cannot be read.')
      const accept = new Accept({
        id: new URL(`#accepts/${++state.count}`, context.getActorUri('bob')),
        actor: context.getActorUri('bob'),
        object: follow,
      })
      await context.sendActivity({ identifier: 'bob' }, follower, accept)
    })
    .on(Accept, async (_context, activity) => void state.received.push(activity))
    .on(Create, async (_context, activity) => void state.received.push(activity))
    .on(Update, async (_context, activity) => void state.received.push(activity))
    .on(Delete, async (_context, activity) => void state.received.push(activity))
    .on(Like, async (_context, activity) => void state.received.push(activity))
    .on(Undo, async (_context, activity) => void state.received.push(activity))
  return federation
}

async function answer(
  federation: Federation<undefined>,
  { origin, state, takesOnly }: { origin: string; state: State; takesOnly: Dialect | undefined },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = 'GET', url = '/' } = request
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  )
  const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks)
  if (body) {
    const dialect = request.headers['signature-input'] === undefined ? 'cavage' : 'rfc9421'
    state.knocks.push(dialect)
    if (takesOnly !== undefined && takesOnly !== dialect) return void response.writeHead(401).end()
    state.bodies.push(JSON.parse(body.toString()) as Record<string, unknown>)
  }
  const reply = await federation.fetch(new Request(origin + url, { method, headers, body }), {
    contextData: undefined,
  })
  response
    .writeHead(reply.status, Object.fromEntries(reply.headers))
    .end(Buffer.from(await reply.arrayBuffer()))
}

/** A note with dates: Fedify's own type for them is not in Node yet. */
async function noteOf(members: Record<string, unknown>): Promise<Note> {
  return Note.fromJsonLd({
    '@context': 'https://www.w3.org/ns/activitystreams',
    type: 'Note',
    to: PUBLIC_COLLECTION.href,
    published: new Date().toISOString(),
    ...members,
  })
}

function peerOf(server: Server, federation: Federation<undefined>, origin: string, state: State): FedifyPeer {
  const context = federation.createContext(new URL(origin), undefined)
  const bob = context.getActorUri('bob')
  const follows = new Map<string, Follow>()
  let last: { note: Note; to: URL } | undefined
  const idOf = (part: string) => new URL(`#${part}/${++state.count}`, bob)
  const sendTo = async (actor: string, activity: Activity) => {
    const found = await context.lookupObject(actor)
    if (!found || !('inboxId' in found)) throw new Error(`${actor} is no actor to Fedify.`)
    await context.sendActivity({ identifier: 'bob' }, found as never, activity)
  }
  return {
    host: new URL(origin).host,
    bob: bob.href,
    received: state.received,
    bodies: state.bodies,
    knocks: state.knocks,
    loaders: { documentLoader: context.documentLoader, contextLoader: context.contextLoader },
    async follow(actor) {
      const follow = new Follow({ id: idOf('follows'), actor: bob, object: new URL(actor) })
      follows.set(actor, follow)
      await sendTo(actor, follow)
      return follow.id?.href ?? ''
    },
    async post(html, mention) {
      const id = String(++state.count)
      const uri = context.getObjectUri(Note, { id }).href
      const note = await noteOf({ id: uri, attributedTo: bob.href, content: html, cc: mention })
      state.notes.set(id, note)
      last = { note, to: new URL(mention) }
      await sendTo(
        mention,
        new Create({ id: idOf('creates'), actor: bob, object: note, to: PUBLIC_COLLECTION, cc: last.to }),
      )
      return note.id?.href ?? ''
    },
    async editLast(html) {
      if (!last) throw new Error('Nothing was posted.')
      const json = (await last.note.toJsonLd()) as Record<string, unknown>
      const note = await noteOf({
        ...json,
        content: html,
        updated: new Date(Date.now() + 5_000).toISOString(),
      })
      await sendTo(
        last.to.href,
        new Update({ id: idOf('updates'), actor: bob, object: note, to: PUBLIC_COLLECTION }),
      )
    },
    async deleteLast() {
      if (!last?.note.id) throw new Error('Nothing was posted.')
      await sendTo(
        last.to.href,
        new Delete({ id: idOf('deletes'), actor: bob, object: last.note.id, to: PUBLIC_COLLECTION }),
      )
    },
    async like(object, author) {
      await sendTo(author, new Like({ id: idOf('likes'), actor: bob, object: new URL(object) }))
    },
    async unfollow(actor) {
      const follow = follows.get(actor)
      if (!follow) throw new Error('Bob does not follow.')
      await sendTo(actor, new Undo({ id: idOf('undos'), actor: bob, object: follow }))
    },
    lookup: (uri) => context.lookupObject(uri),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
