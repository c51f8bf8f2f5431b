import { type AccountRow, type CollectionRow, INSTANCE_ACTOR_ID, type StatusRow } from '@anancus/db'
import type { Config } from './config.ts'

/**
 * Every address of ours, built in one place. Two schemes of actor ids coexist; an actor keeps the one it was made
 * with. A remote row carries its own addresses.
 *
 * @see https://www.w3.org/TR/activitypub/#obj-id
 */

type AddressedAccount = Pick<AccountRow, 'id' | 'username' | 'domain' | 'id_scheme' | 'uri' | 'url'>
type AddressedStatus = Pick<StatusRow, 'id' | 'local' | 'uri' | 'url' | 'reblog_of_id'>
/** All that an address depends on. */
export type Uris = Pick<Config, 'baseUrl' | 'localDomain'>

const USERNAME_SCHEME = 0

export function isLocal(account: Pick<AccountRow, 'domain'>): boolean {
  return account.domain === null
}

/** The ActivityPub id of an account. */
export function actorUri(uris: Uris, account: AddressedAccount): string {
  if (!isLocal(account)) return account.uri
  if (account.id === INSTANCE_ACTOR_ID) return `${uris.baseUrl}/actor`
  if (account.id_scheme === USERNAME_SCHEME) return `${uris.baseUrl}/users/${account.username}`
  return `${uris.baseUrl}/ap/users/${account.id}`
}

/** The page of an account for people. */
export function accountUrl(uris: Uris, account: AddressedAccount): string {
  if (!isLocal(account)) return account.url ?? account.uri
  if (account.id === INSTANCE_ACTOR_ID) return `${uris.baseUrl}/about/more?instance_actor=true`
  return `${uris.baseUrl}/@${account.username}`
}

/** `user` for local accounts, `user@domain` for remote ones. */
export function acct(account: Pick<AccountRow, 'username' | 'domain'>): string {
  return account.domain === null ? account.username : `${account.username}@${account.domain}`
}

/** `user@domain` for everyone. */
export function fullAcct(uris: Uris, account: Pick<AccountRow, 'username' | 'domain'>): string {
  return `${account.username}@${account.domain ?? uris.localDomain}`
}

/** The key an account signs with. */
export function keyId(uris: Uris, account: AddressedAccount): string {
  return `${actorUri(uris, account)}#main-key`
}

/** The key an account proves objects with. */
export function assertionKeyId(uris: Uris, account: AddressedAccount): string {
  return `${actorUri(uris, account)}#ed25519-key`
}

/** A collection or inbox below an actor: `followers`, `inbox`, `collections/featured`. */
export function actorPart(uris: Uris, account: AddressedAccount, part: string): string {
  return `${actorUri(uris, account)}/${part}`
}

export function followersUri(
  uris: Uris,
  account: AddressedAccount & Pick<AccountRow, 'followers_url'>,
): string {
  return isLocal(account) ? actorPart(uris, account, 'followers') : account.followers_url
}

export function sharedInboxUrl(uris: Uris): string {
  return `${uris.baseUrl}/inbox`
}

/** The ActivityPub id of a status. That of a local reblog is the id of its Announce. */
export function statusUri(uris: Uris, status: AddressedStatus, account: AddressedAccount): string {
  if (!status.local && status.uri !== null) return status.uri
  if (status.reblog_of_id !== null) return activityUri(uris, status, account)
  return `${actorUri(uris, account)}/statuses/${status.id}`
}

/** The id of the Create or Announce around a local status. */
export function activityUri(uris: Uris, status: Pick<StatusRow, 'id'>, account: AddressedAccount): string {
  return `${actorUri(uris, account)}/statuses/${status.id}/activity`
}

/** The page of a status for people; null for what has none (remote reblogs). */
export function statusUrl(uris: Uris, status: AddressedStatus, account: AddressedAccount): string | null {
  if (status.reblog_of_id !== null) return isLocal(account) ? activityUri(uris, status, account) : null
  if (!isLocal(account)) return status.url ?? status.uri
  return `${uris.baseUrl}/@${account.username}/${status.id}`
}

/** `name` is the normalised name of the tag. */
export function tagUrl(uris: Uris, name: string): string {
  return `${uris.baseUrl}/tags/${encodeURIComponent(name)}`
}

type AddressedCollection = Pick<CollectionRow, 'id' | 'account_id' | 'local' | 'uri' | 'url'>

/** What lies below an account by its number, whichever scheme its own address has. */
function numberedPart(uris: Uris, accountId: string, part: string): string {
  return `${uris.baseUrl}/ap/users/${accountId}/${part}`
}

/** The ActivityPub id of a collection of accounts. */
export function collectionUri(uris: Uris, collection: AddressedCollection): string {
  if (!collection.local) return collection.uri ?? ''
  return numberedPart(uris, collection.account_id, `collections/${collection.id}`)
}

/** The page of a collection for people. */
export function collectionUrl(uris: Uris, collection: AddressedCollection): string | null {
  return collection.local ? `${uris.baseUrl}/collections/${collection.id}` : collection.url
}

/** The list of a local account's collections. */
export function featuredCollectionsUri(uris: Uris, accountId: string): string {
  return numberedPart(uris, accountId, 'featured_collections')
}

/** The ActivityPub id of one place in a collection of a local account. */
export function collectionItemUri(uris: Uris, ownerId: string, itemId: string): string {
  return numberedPart(uris, ownerId, `collection_items/${itemId}`)
}

/** Where a local account says that it agrees to a place in a collection. */
export function featureAuthorizationUri(uris: Uris, accountId: string, itemId: string): string {
  return numberedPart(uris, accountId, `feature_authorizations/${itemId}`)
}
