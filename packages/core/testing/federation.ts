import type { AccountRow, StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import type { Ctx } from '../src/kernel/context.ts'
import { actorUri, statusUri } from '../src/kernel/uris.ts'
import type { Viewer } from '../src/kernel/viewer.ts'
import { closeTestContext, testContext } from './context.ts'
import { deliver } from './deliver.ts'
import { registerHandlers } from './drain-queues.ts'
import { allHandlers } from './handlers.ts'
import { activity, type Remote, type RemoteActor, type Remotes, startRemotes } from './remote.ts'
import { resetDatabase } from './reset.ts'

export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

/** A small world for tests of federation: this server with *alice* on it, and fake remotes around it. */
export interface Federation {
  readonly ctx: Ctx
  readonly make: Factories
  readonly alice: Viewer
  host(name: string): Remote
  uriOf(account: AccountRow): string
  noteUri(status: StatusRow, account: AccountRow): string
  /** The row of a remote actor; undefined while we never met. */
  accountOf(actor: RemoteActor): Promise<AccountRow | undefined>
  /** The row of a status that is not deleted. */
  statusAt(uri: string): Promise<StatusRow | undefined>
  count(table: string): Promise<number>
  /** Makes an actor one whose key we hold, by a delivery that does nothing; clears what its host recorded. */
  met(actor: RemoteActor): Promise<AccountRow>
  /** As `met`, and alice follows it, so that nothing is refused for being of no concern. */
  followed(actor: RemoteActor): Promise<AccountRow>
}

/** Sets the world up for the tests of a file, fresh for each of them. The first test may look after `beforeEach`. */
export function useFederation(hosts: readonly string[], env: Record<string, string> = {}): Federation {
  let remotes: Remotes
  let ctx: Ctx
  let alice: Viewer
  beforeAll(async () => {
    remotes = await startRemotes(hosts)
    ctx = await testContext({ env: { ...remotes.env, ...env } })
    registerHandlers(allHandlers)
  })
  afterAll(async () => {
    await closeTestContext(ctx)
    await remotes.close()
  })
  beforeEach(async () => {
    await resetDatabase(ctx)
    remotes.reset()
    alice = await factories(ctx.db).viewer({ account: { username: 'alice' } })
  })
  const world: Federation = {
    get ctx() {
      return ctx
    },
    get make() {
      return factories(ctx.db)
    },
    get alice() {
      return alice
    },
    host: (name) => remotes.host(name),
    uriOf: (account) => actorUri(ctx.config, account),
    noteUri: (status, account) => statusUri(ctx.config, status, account),
    accountOf: (actor) => ctx.db<AccountRow>('accounts').where({ uri: actor.uri }).first(),
    statusAt: (uri) => ctx.db<StatusRow>('statuses').where({ uri, deleted_at: null }).first(),
    count: async (table) => Number((await ctx.db(table).count())[0]?.count),
    async met(actor) {
      await deliver(ctx, actor, activity(actor, 'View', actorUri(ctx.config, alice.account)))
      for (const name of hosts) remotes.host(name).requests.length = 0
      const account = await world.accountOf(actor)
      if (!account) throw new Error(`${actor.uri} was not stored.`)
      return account
    },
    async followed(actor) {
      const target = await world.met(actor)
      await world.make.follow({ account: alice.account, target })
      return target
    },
  }
  return world
}
