import type { AccountRow } from '@anancus/db'
import { accountByUri } from '@anancus/db/queries/accounts'
import { publicKeyOfAccount } from '@anancus/db/queries/keys'
import { isActor } from '../../activitypub/parse/actor.ts'
import { parseKeyDocument } from '../../activitypub/parse/keys.ts'
import { httpUri } from '../../activitypub/parse/values.ts'
import { fetchDocument } from '../../activitypub/transport/fetch.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { type ConfirmedActor, fetchActor } from './confirm-actor.ts'
import { spend } from './fetch-budget.ts'
import { isOwnUri } from './local-account.ts'
import { type ResolveOptions, timeLeft } from './resolve-options.ts'
import { storeRemoteAccount } from './store-remote-account.ts'

export interface ResolvedKey {
  account: AccountRow
  publicKey: string
}

/**
 * Finds whose key a key id names, by asking its server now. What a key document says of its owner is a hint only: the
 * owner's own document must list the key.
 *
 * @returns null when there is no such key, or its alleged owner does not own up to it
 * @throws RemoteServerError a server did not answer
 */
export async function resolveKey(
  ctx: Ctx,
  keyId: string,
  options: ResolveOptions = {},
): Promise<ResolvedKey | null> {
  const url = URL.parse(keyId)
  if (httpUri(keyId) === null || !url || isOwnUri(ctx, keyId) || (await isDomainBlocked(ctx, url.host)))
    return null
  const owner = await ownerOf(ctx, keyId, options)
  if (owner === null) return null
  const actor = await fetchActor(ctx, owner, options)
  const key = actor && keyAmong(actor, keyId)
  if (!actor || !key) return null
  const isListed = key.uri === keyId
  // Known by the name it signs with, so that its next request is checked at the door.
  const keys = isListed ? actor.keys : [...actor.keys, { ...key, uri: keyId }]
  const account = await storeRemoteAccount(ctx, { ...actor, keys }, { isSought: true })
  return { account, publicKey: key.publicKey }
}

/**
 * The key an actor lists under this id. Some servers sign with another spelling of it than they list: a slash more or
 * less before the fragment, or the address of the actor itself. That names the actor's first key.
 */
function keyAmong(actor: ConfirmedActor, keyId: string): ConfirmedActor['keys'][number] | undefined {
  const listed = actor.keys.find((candidate) => candidate.uri === keyId)
  if (listed) return listed
  const similar = actor.keys.find((candidate) => withoutSlash(candidate.uri) === withoutSlash(keyId))
  const isOfActor = withoutSlash(addressOf(keyId)) === withoutSlash(actor.draft.uri)
  return similar ?? (isOfActor ? actor.keys[0] : undefined)
}

function addressOf(keyId: string): string {
  return keyId.split('#', 1)[0] as string
}

function withoutSlash(uri: string): string {
  return uri.replace(/\/(?=#|$)/, '')
}

/** The actor that may own a key: known by its address, or named by the document the key id leads to. */
async function ownerOf(ctx: Ctx, keyId: string, options: ResolveOptions): Promise<string | null> {
  const address = addressOf(keyId)
  const known = await accountByUri(ctx.db, address)
  if (known) return known.uri
  if (!spend(options.budget)) return null
  const fetched = await fetchDocument(ctx, address, timeLeft(options))
  if (fetched === 'gone') return null
  const { document } = fetched
  if (isActor(document)) return httpUri(document.id)
  const key = parseKeyDocument(document)
  return key?.uri === keyId ? key.owner : null
}

/** A key we hold already, by its id. */
export async function knownKey(ctx: Ctx, keyId: string): Promise<ResolvedKey | null> {
  const row = await publicKeyOfAccount(ctx.db, keyId)
  if (!row) return null
  const { key_public_key: publicKey, ...account } = row
  return { account, publicKey }
}
