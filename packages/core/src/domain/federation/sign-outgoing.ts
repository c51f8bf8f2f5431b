import { type SignerRow, signerById } from '@anancus/db/queries/keys'
import { idsOf, isDocument, typesOf } from '../../activitypub/parse/values.ts'
import { ed25519KeyOf } from '../../activitypub/signatures/ed25519.ts'
import { withLinkedDataSignature } from '../../activitypub/signatures/linked-data.ts'
import { withObjectProof } from '../../activitypub/signatures/object-proof.ts'
import { signerOf } from '../../activitypub/transport/keys.ts'
import { type Document, PUBLIC_SPELLINGS } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { assertionKeyId } from '../../kernel/uris.ts'

const MAX_AUDIENCE = 1000
/** Taking back is told to whoever may have it, by whoever they had it from. */
const TAKING_BACK = new Set(['Delete', 'Undo'])
/** Passed on by others, as replies and relayed posts are, when everybody may read them. */
const PASSED_ON = new Set(['Create', 'Update', 'Announce'])
/** Asked of one person, whose server keeps the request and checks it again. */
const REQUESTS = new Set(['QuoteRequest', 'FeatureRequest'])

/**
 * Puts into an activity what lets others check it who did not get it from us. What is for everybody, or takes something
 * back from everybody, gets a linked-data signature; in secure mode only the latter. Other acts get an object proof.
 * Posts for a few get neither: nobody should be able to prove to others what was told them in private. Never both:
 * Mastodon passes nothing on that has a proof in it.
 *
 * One statement when it is signed and the signer is not a whole row.
 */
export async function signedForOthers(
  ctx: Ctx,
  signer: { id: string },
  activity: Document,
): Promise<Document> {
  const kind = kindOf(activity, ctx.config.secureMode)
  const account = kind === null ? null : await withKey(ctx, signer)
  if (!account?.private_key) return activity
  const now = ctx.clock.now()
  if (kind === 'linked-data') return withLinkedDataSignature(activity, signerOf(ctx.config, account), now)
  const prover = { keyId: assertionKeyId(ctx.config, account), key: ed25519KeyOf(account.private_key) }
  return withObjectProof(activity, prover, now)
}

/** Most callers hold the row of the account, and so its key. */
async function withKey(ctx: Ctx, signer: { id: string } | SignerRow): Promise<SignerRow | null> {
  return 'private_key' in signer && signer.private_key ? signer : signerById(ctx.db, signer.id)
}

function kindOf(activity: Document, isSecure: boolean): 'linked-data' | 'proof' | null {
  const type = typesOf(activity)[0] ?? ''
  if (TAKING_BACK.has(type) && isForEverybody(activity)) return 'linked-data'
  if (PASSED_ON.has(type)) return isForEverybody(activity) && !isSecure ? 'linked-data' : null
  if (REQUESTS.has(type)) return isSecure ? null : 'linked-data'
  return 'proof'
}

/** Some activities carry their audience in what they are about. */
function isForEverybody(activity: Document): boolean {
  const { object } = activity
  const parts = isDocument(object) ? [activity, object] : [activity]
  return parts.some((part) =>
    [part.to, part.cc].some((audience) =>
      idsOf(audience, MAX_AUDIENCE).some((uri) => PUBLIC_SPELLINGS.has(uri)),
    ),
  )
}
