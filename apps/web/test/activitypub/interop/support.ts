import { verify } from 'node:crypto'
import { deliver } from '@anancus/core/testing/deliver'
import { type Federation, useFederation } from '@anancus/core/testing/federation'
import {
  activity,
  type Answer,
  type Recorded,
  type Remote,
  type RemoteActor,
} from '@anancus/core/testing/remote'
import type { UserRoleRow } from '@anancus/db'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

/** A world in which alice follows *carol* of another server, and looks at what comes from there through a client. */
export interface Neighbour {
  readonly world: Federation
  readonly web: TestWeb
  /** Carol's server, the first of the hosts. */
  readonly far: Remote
  readonly carol: RemoteActor
  /** Alice's client, with every scope. */
  readonly alice: TestClient
  /** The client of somebody who may do everything. */
  admin(): Promise<TestClient>
  /** Delivers an activity of carol's, and lets every consequence happen. */
  send(type: string, object: unknown, more?: Record<string, unknown>): Promise<void>
  /**
   * Sends an object of carol's within a Create.
   *
   * @returns what alice's client is answered about the status; undefined when none came of it
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at single fields
  shown(parts: Record<string, unknown>): Promise<any>
  /** What alice's client is answered about the status of an address; undefined when there is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at single fields
  look(uri: string): Promise<any>
}

/** Sets the world up for the tests of a file, fresh for each of them. */
export function useNeighbour(
  hosts: readonly string[] = ['far'],
  env: Record<string, string> = {},
): Neighbour {
  const world = useFederation(hosts, env)
  let web: TestWeb
  let alice: TestClient
  let carol: RemoteActor
  beforeAll(async () => {
    web = await startWeb(world.ctx)
  })
  afterAll(() => web.close())
  beforeEach(async () => {
    carol = neighbour.far.actor('carol')
    await world.followed(carol)
    alice = web.as(await world.make.token({ user: world.alice.user }))
  })
  const neighbour: Neighbour = {
    world,
    get web() {
      return web
    },
    get far() {
      return world.host(hosts[0] ?? 'far')
    },
    get carol() {
      return carol
    },
    get alice() {
      return alice
    },
    async admin() {
      const role = await world.ctx.db<UserRoleRow>('user_roles').where({ name: 'Admin' }).first()
      if (!role) throw new Error('There is no role Admin.')
      const { user } = await world.make.viewer({ account: { username: 'ada' }, role_id: role.id })
      return web.as(await world.make.token({ user, scopes: 'admin:read admin:write read' }))
    },
    send: (type, object, more = {}) => deliver(world.ctx, carol, activity(carol, type, object, more)),
    async shown(parts) {
      const note: Record<string, unknown> = neighbour.far.note(carol)
      for (const [name, value] of Object.entries(parts)) note[name] = value
      await neighbour.send('Create', note, { to: note.to, cc: note.cc })
      return neighbour.look(String(note.id))
    },
    async look(uri) {
      const row = await world.statusAt(uri)
      if (!row) return undefined
      const answer = await alice.get(`/api/v1/statuses/${row.id}`)
      expect(answer.status).toBe(200)
      return answer.body
    },
  }
  return neighbour
}

/** Answers 401 to whoever does not ask as `isGood` says. */
export function guarded(
  document: object,
  isGood: (request: Recorded) => boolean | Promise<boolean> = ({ headers }) =>
    headers.signature !== undefined,
): Answer {
  return async (request, response) => {
    if (await isGood(request)) return document
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Unauthorized"}')
    return undefined
  }
}

/** Whether the draft-cavage signature of a request holds over its address as it was asked for. */
export function holds({ method, path, headers }: Recorded, pem: string): boolean {
  const parts = new Map(
    [...String(headers.signature).matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  )
  const covered = (parts.get('headers') ?? '').split(' ')
  expect(covered).toContain('(request-target)')
  const text = covered
    .map((name) =>
      name === '(request-target)' ? `${name}: ${method.toLowerCase()} ${path}` : `${name}: ${headers[name]}`,
    )
    .join('\n')
  return verify('sha256', Buffer.from(text), pem, Buffer.from(parts.get('signature') ?? '', 'base64'))
}
