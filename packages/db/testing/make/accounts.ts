import type { AccountRow, AccountStatRow, Db } from '../../src/index.ts'
import { TEST_KEYS } from '../test-keys.ts'
import { insertRow, next } from './insert.ts'

export type AccountValues = Partial<AccountRow> & {
  /** Counters to start with. */
  stats?: Partial<
    Pick<AccountStatRow, 'followers_count' | 'following_count' | 'statuses_count' | 'last_status_at'>
  >
}

/** A local account without a login, with keys and counters. */
export async function makeAccount(db: Db, values: AccountValues = {}): Promise<AccountRow> {
  const { stats = {}, ...columns } = values
  const number = next()
  const keys = TEST_KEYS[number % TEST_KEYS.length]
  const account = await insertRow<AccountRow>(db, 'accounts', {
    username: `user${number}`,
    protocol: 1,
    public_key: keys?.publicKey,
    private_key: columns.domain ? null : keys?.privateKey,
    ...columns,
  })
  await insertRow(db, 'account_stats', { account_id: account.id, ...stats })
  return account
}

export type RemoteAccountValues = AccountValues & {
  domain?: string
  /** Write the actor's addresses the way Mastodon does (`/users/name`), or with opaque ids. Default: Mastodon's. */
  style?: 'mastodon' | 'opaque'
}

export interface RemoteAccount extends AccountRow {
  domain: string
  /** Remote rows have no private key; a test that speaks for this actor signs with this one. */
  testPrivateKey: string
}

/** An account of another server, with that server's addresses and a key pair of the pool. */
export async function makeRemoteAccount(db: Db, values: RemoteAccountValues = {}): Promise<RemoteAccount> {
  const { style = 'mastodon', ...columns } = values
  const number = next()
  const username = columns.username ?? `remote${number}`
  const domain = columns.domain ?? 'remote.example'
  const keys = TEST_KEYS[number % TEST_KEYS.length]
  if (!keys) throw new Error('The pool of test keys is empty.')
  const uri =
    columns.uri ?? `https://${domain}/${style === 'opaque' ? `actor/${number}` : `users/${username}`}`
  const account = await makeAccount(db, {
    username,
    domain,
    uri,
    url: style === 'opaque' ? uri : `https://${domain}/@${username}`,
    actor_type: 'Person',
    id_scheme: null,
    inbox_url: `${uri}/inbox`,
    outbox_url: `${uri}/outbox`,
    followers_url: `${uri}/followers`,
    following_url: `${uri}/following`,
    shared_inbox_url: style === 'opaque' ? '' : `https://${domain}/inbox`,
    featured_collection_url: `${uri}/collections/featured`,
    last_webfingered_at: new Date(),
    public_key: keys.publicKey,
    ...columns,
  })
  return { ...account, domain, testPrivateKey: keys.privateKey }
}
