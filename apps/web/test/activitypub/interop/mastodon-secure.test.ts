import { type RemoteActor, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../../support/send-signed.ts'
import { guarded, holds, useNeighbour } from './support.ts'

/** Two servers in secure mode, which must not wait for each other's key. */
const here = useNeighbour(['far'], { AUTHORIZED_FETCH: 'true' })
const AP = { accept: 'application/activity+json' }
let system: RemoteActor
beforeEach(() => {
  system = here.far.actor('far.localhost', { type: 'Application' })
})

/** Asks us as their server itself, whose own key everybody may have. */
const asked = (target: string) =>
  sendSigned(here.web.url, signDelivery(system, '', { host: 'social.test', target }, { method: 'GET' }))

/** Serves a document to those whose signature holds, by the key that we show when asked for it. */
const toVerified = (document: object) =>
  guarded(document, async (request) => {
    const keyId = /keyId="([^"]*)"/.exec(String(request.headers.signature))?.[1]
    const { status, body } = await asked(URL.parse(keyId ?? '')?.pathname ?? '/unsigned')
    return status === 200 && holds(request, body.publicKey.publicKeyPem)
  })

const signersOf = (path: string) =>
  here.far.requests
    .filter((request) => request.method === 'GET' && request.path === path)
    .map(({ headers }) => /keyId="([^"#]*)/.exec(String(headers.signature))?.[1])

describe('interop 8 secure mode', () => {
  it('of another server lets us read, since our requests are signed and our keys can be had', async () => {
    const gina = here.far.actor('gina')
    here.far.serve('/users/gina', toVerified(gina.document))
    const note = here.far.note(gina)
    here.far.serve(new URL(note.id).pathname, toVerified(note))
    const { body } = await here.alice.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(note.id)}`)
    expect(body.statuses).toMatchObject([{ uri: note.id, account: { acct: gina.handle } }])
    expect(signersOf('/users/gina')).toEqual(['https://social.test/actor'])
    const self = here.world.uriOf(here.world.alice.account)
    expect(new Set(signersOf(new URL(note.id).pathname))).toEqual(new Set([self]))
    // Their key and their profile: no request for a key leads to another without end.
    expect(signersOf('/users/far.localhost').length).toBeLessThanOrEqual(2)
  })

  it('of ours leaves the actor open that signs for the server, and nobody else', async () => {
    expect((await here.web.get('/actor', { headers: AP })).status).toBe(200)
    expect((await here.web.get('/users/alice', { headers: AP })).status).toBe(401)
    expect((await asked('/users/alice')).body).toMatchObject({ preferredUsername: 'alice' })
  })
})
