import { createApplication, issueNewToken, splitScopes } from '@anancus/core/domain/oauth'
import { createUser } from '@anancus/core/domain/users'
import type { Notification, QuoteState, Relationship, Search, Status } from '@anancus/core/entities/types'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { viewerByUsername } from '@anancus/db/queries/users'
import { type Rest, rest } from './rest.ts'
import type { SecureInstance } from './secure-instances.ts'
import { eventually } from './wait.ts'

const SCOPES = 'profile read write follow admin:read admin:write'

/** Somebody with an app on their own server, who knows others by their handles and addresses alone. */
export interface Citizen {
  home: SecureInstance
  username: string
  handle: string
  id: string
  api: Rest
  /** As the rooms of the own server know them. */
  viewer(): Promise<Viewer>
  /** Posts; gives the status as the own server shows it. */
  post(text: string, more?: object): Promise<Status>
  /** The id here of somebody, looked up where they live if need be. */
  idOf(other: Citizen): Promise<string>
  /** A status as the own server shows it; fetched if need be. */
  see(uri: string): Promise<Status>
  /** Does something to an account, as `follow` and `block`. */
  to(other: Citizen, verb: string): Promise<Relationship>
  /** Does something with a status, as `favourite` and `reblog`. */
  act(verb: string, uri: string): Promise<Status>
  answer(uri: string, text: string): Promise<Status>
  quote(uri: string, text: string): Promise<Status>
  tiesWith(other: Citizen): Promise<Relationship>
  /** The handles of those who wait to be let in, with their ids. */
  waiting(): Promise<Map<string, string>>
  follows(other: Citizen): Promise<unknown>
  /** Waits for a notification of this type. */
  told(type: string): Promise<Notification>
  /** Waits until the own server has a status without having been asked for it. */
  has(uri: string): Promise<unknown>
  /** Waits until it has not. */
  lost(uri: string): Promise<unknown>
  seesQuote(uri: string, state: QuoteState): Promise<unknown>
}

/** Makes a user by the operator's hand and signs an app in for them. */
export async function settleIn(home: SecureInstance, username: string, role?: string): Promise<Citizen> {
  const { id, token } = await signUp(home, username, role)
  const api = rest(home.baseUrl, token)
  const handle = `@${username}@${home.domain}`
  const search = (q: string, type: string) =>
    api.get<Search>(`/api/v2/search?resolve=true&type=${type}&q=${encodeURIComponent(q)}`)
  const rowOf = (uri: string) => home.ctx.db('statuses').where({ uri, deleted_at: null }).first()
  const citizen: Citizen = {
    home,
    username,
    handle,
    id,
    api,
    viewer: async () => found(await viewerByUsername(home.ctx.db, username), handle, username),
    post: (status, more = {}) => api.post('/api/v1/statuses', { status, ...more }),
    idOf: async (other) =>
      found((await search(other.handle, 'accounts')).accounts[0], handle, other.handle).id,
    see: async (uri) => found((await search(uri, 'statuses')).statuses[0], handle, uri),
    to: async (other, verb) => api.post(`/api/v1/accounts/${await citizen.idOf(other)}/${verb}`),
    act: async (verb, uri) => api.post(`/api/v1/statuses/${(await citizen.see(uri)).id}/${verb}`),
    answer: async (uri, text) => citizen.post(text, { in_reply_to_id: (await citizen.see(uri)).id }),
    quote: async (uri, text) => citizen.post(text, { quoted_status_id: (await citizen.see(uri)).id }),
    tiesWith: async (other) => {
      const path = `/api/v1/accounts/relationships?id[]=${await citizen.idOf(other)}`
      return found((await api.get<Relationship[]>(path))[0], handle, other.handle)
    },
    waiting: async () => {
      const asked = await api.get<{ id: string; acct: string }[]>('/api/v1/follow_requests')
      return new Map(asked.map((one) => [`@${one.acct}`, one.id]))
    },
    follows: (other) =>
      eventually(`${handle} follows ${other.handle}`, async () => (await citizen.tiesWith(other)).following),
    told: (type) =>
      eventually(`${handle} is told of a ${type}`, async () =>
        (await api.get<Notification[]>('/api/v1/notifications?limit=80')).find((one) => one.type === type),
      ),
    has: (uri) => eventually(`${home.domain} has ${uri}`, () => rowOf(uri)),
    lost: (uri) => eventually(`${home.domain} has lost ${uri}`, async () => !(await rowOf(uri))),
    seesQuote: (uri, state) =>
      eventually(
        `${handle} sees the quote as ${state}`,
        async () => (await citizen.see(uri)).quote?.state === state,
      ),
  }
  return citizen
}

async function signUp(
  home: SecureInstance,
  username: string,
  role?: string,
): Promise<{ id: string; token: string }> {
  const { user, account } = await createUser(home.ctx, {
    username,
    email: `${username}@people.example`,
    confirmed: true,
    approved: true,
    ...(role ? { role } : {}),
  })
  const app = await createApplication(home.ctx, {
    name: 'Three instances',
    redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: SCOPES,
    website: undefined,
  })
  const { token } = await issueNewToken(home.ctx, app, user.id, splitScopes(SCOPES))
  return { id: account.id, token }
}

function found<Thing>(thing: Thing | null | undefined, who: string, what: string): Thing {
  if (!thing) throw new Error(`${who} does not find ${what}`)
  return thing
}
