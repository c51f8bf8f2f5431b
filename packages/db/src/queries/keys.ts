import type { Db } from '../connection.ts'
import { type AccountRow, accountColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

export { INSTANCE_ACTOR_ID } from '../enums.ts'

/** Keys: whose they are, and what a local account signs with. */

export type SignerRow = Pick<
  AccountRow,
  'id' | 'username' | 'domain' | 'id_scheme' | 'uri' | 'url' | 'private_key' | 'suspended_at'
>

const signer = statement<SignerRow>(
  'keys.signer',
  `select id, username, domain, id_scheme, uri, url, private_key, suspended_at
   from accounts where id = $1 and domain is null`,
)

/** The local account that signs, or null. */
export async function signerById(db: Db, id: string): Promise<SignerRow | null> {
  const [row] = await signer(db, [id])
  return row ?? null
}

/** A remote account with one of its keys. */
export interface KeyOwnerRow extends AccountRow {
  key_public_key: string
}

const keyOwner = statement<KeyOwnerRow>(
  'keys.owner',
  `select ${columns(accountColumns, 'a')}, k.public_key as key_public_key
   from keypairs k join accounts a on a.id = k.account_id
   where k.uri = $1 and a.domain is not null and not k.revoked
     and (k.expires_at is null or k.expires_at > now())
   union all
   select ${columns(accountColumns, 'a')}, a.public_key
   from accounts a
   where a.uri = $2 and a.uri <> '' and a.domain is not null and a.public_key <> ''
     and not exists (select 1 from keypairs k where k.account_id = a.id)
   limit 1`,
)

/**
 * The remote account a key id belongs to, with the key. An account without rows in `keypairs` (one that came from
 * Mastodon) has its one key under its own address, whatever the fragment.
 */
export async function publicKeyOfAccount(db: Db, keyId: string): Promise<KeyOwnerRow | null> {
  const [row] = await keyOwner(db, [keyId, keyId.split('#', 1)[0]])
  return row ?? null
}

const replaceKeys = statement<never>(
  'keys.replace',
  `with gone as (delete from keypairs where account_id = $1 and uri <> all($2::text[]))
   insert into keypairs (account_id, type, uri, public_key)
   select $1, 0, k.uri, k.public_key from unnest($2::text[], $3::text[]) as k (uri, public_key)
   on conflict (uri) do update set public_key = excluded.public_key, updated_at = now()
   where keypairs.account_id = excluded.account_id`,
)

/** Sets the keys of a remote account; those not listed are deleted, one that belongs to another account stays its. */
export async function replaceKeysOf(
  db: Db,
  accountId: string,
  keys: readonly { uri: string; publicKey: string }[],
): Promise<void> {
  await replaceKeys(db, [accountId, keys.map((key) => key.uri), keys.map((key) => key.publicKey)])
}

const keysOfAccount = statement<{ public_key: string }>(
  'keys.of_account',
  `select public_key from keypairs where account_id = $1
   union select public_key from accounts where id = $1 and public_key <> ''`,
)

/** The public keys of an account, as trimmed PEM. */
export async function publicKeysOf(db: Db, accountId: string): Promise<Set<string>> {
  return new Set((await keysOfAccount(db, [accountId])).map((row) => row.public_key.trim()))
}
