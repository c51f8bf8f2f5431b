import { TEST_KEYS } from '@anancus/db/testing/test-keys'
import { RemoteServerError } from '../../src/kernel/errors.ts'
import type { HttpClient, IncomingResponse, OutgoingRequest } from '../../src/kernel/http-client.ts'
import type { RemoteActor } from '../remote.ts'
import type { Json } from './mutate.ts'

/** Actors of other servers that exist in this process only. */
export const STRANGERS: readonly Pick<RemoteActor, 'uri' | 'keyId' | 'privateKey'>[] = Array.from(
  { length: 6 },
  (_, n) => {
    const uri = `https://h${n}.example/users/actor`
    return { uri, keyId: `${uri}#main-key`, privateKey: TEST_KEYS[n % TEST_KEYS.length]?.privateKey ?? '' }
  },
)

/**
 * The rest of the world: answers with the documents of strangers, and with whatever `shelf` holds.
 *
 * @param shelf documents by their address; it may grow meanwhile
 */
export function strangersHttp(shelf: ReadonlyMap<string, Json>): HttpClient {
  return {
    request: async (request) => {
      const url = new URL(request.url)
      if (!['http:', 'https:'].includes(url.protocol) || !url.host.endsWith('.example'))
        throw new RemoteServerError(url.host, 'the address is refused', { retryable: false })
      return answer(url, request, actorAt(url) ?? shelf.get(url.href) ?? webfinger(url))
    },
    close: async () => {},
  }
}

function answer(url: URL, request: OutgoingRequest, document: Json | undefined): IncomingResponse {
  const isFound = document !== undefined && request.method === 'GET'
  const type = url.pathname.startsWith('/.well-known') ? 'application/jrd+json' : 'application/activity+json'
  return {
    status: isFound ? 200 : 404,
    headers: { 'content-type': type },
    body: Buffer.from(isFound ? JSON.stringify(document) : '{}'),
    url,
  }
}

function actorAt(url: URL): Json | undefined {
  const index = STRANGERS.findIndex(({ uri }) => uri === url.origin + url.pathname)
  const actor = STRANGERS[index]
  if (!actor) return undefined
  return {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
    id: actor.uri,
    type: 'Person',
    preferredUsername: 'actor',
    inbox: `${actor.uri}/inbox`,
    outbox: `${actor.uri}/outbox`,
    followers: `${actor.uri}/followers`,
    publicKey: {
      id: actor.keyId,
      owner: actor.uri,
      publicKeyPem: TEST_KEYS[index % TEST_KEYS.length]?.publicKey,
    },
  }
}

function webfinger(url: URL): Json | undefined {
  if (url.pathname !== '/.well-known/webfinger') return undefined
  const actor = STRANGERS.find(({ uri }) => new URL(uri).host === url.host)
  if (!actor) return undefined
  const links = [{ rel: 'self', type: 'application/activity+json', href: actor.uri }]
  return { subject: `acct:actor@${url.host}`, links }
}
