import type { AccountRow } from '@anancus/db'
import { publicKeysOf, replaceKeysOf } from '@anancus/db/queries/keys'
import {
  insertRemoteAccount,
  type RemoteAccountValues,
  remoteAccountsFor,
  setHiddenFromVisitors,
  updateRemoteAccount,
} from '@anancus/db/queries/remote-accounts'
import type { ActorDraft } from '../../activitypub/parse/actor.ts'
import { profileFields } from '../../graph/profile-fields.ts'
import {
  creditAuthorJob,
  fetchCollectionsJob,
  fetchFeaturedJob,
  fetchOutboxJob,
  fetchProfileImagesJob,
  refreshAccountJob,
} from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { RaceError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { type DomainRule, domainRule } from '../federation/index.ts'
import { keepRemoteEmojis } from '../media/index.ts'
import type { ConfirmedActor } from './confirm-actor.ts'
import { changeKeys } from './key-change.ts'
import { noteRedirect } from './note-redirect.ts'
import type { ResolveOptions } from './resolve-options.ts'
import { planLinks } from './verify-links.ts'

type Sought = Pick<ResolveOptions, 'isSought' | 'isLookedFor' | 'isVouchedFor'>

const BY_US = 0
const BY_REMOTE = 1

/**
 * Stores a fetched actor: a new account, or what is new about a known one. One actor has one row, however many store
 * it at once. Images and counts follow by jobs; what its profile features too, of a known one or one that is sought.
 */
export async function storeRemoteAccount(
  ctx: Ctx,
  actor: ConfirmedActor,
  options: Sought = {},
): Promise<AccountRow> {
  const { draft, username, domain } = actor
  const { byUri, byHandle } = await remoteAccountsFor(ctx.db, draft.uri, username, domain)
  const known = byUri ?? byHandle
  if (!known) return insert(ctx, actor, options)
  const isHandleTaken = byHandle !== null && byHandle.id !== known.id
  const confirmed = isHandleTaken ? { ...actor, ...handleOf(known) } : actor
  return update(ctx, known, confirmed, options.isVouchedFor ?? false)
}

/** An actor whose new handle still belongs to another row keeps its old one. */
function handleOf(account: AccountRow): Pick<ConfirmedActor, 'username' | 'domain'> {
  return { username: account.username, domain: account.domain ?? '' }
}

async function insert(ctx: Ctx, actor: ConfirmedActor, sought: Sought): Promise<AccountRow> {
  const rule = await domainRule(ctx, actor.domain)
  const now = ctx.clock.now()
  const stored = await transaction(ctx, async (tx) => {
    const account = await insertRemoteAccount(tx.db, {
      ...profileValues(actor.draft, now),
      ...identityValues(actor, now),
      silenced_at: rule?.severity === 'silence' ? rule.since : null,
      ...firstSuspension(rule, actor.draft, now),
    })
    if (!account) return null
    await replaceKeysOf(tx.db, account.id, actor.keys)
    await keepRemoteEmojis(tx, actor.domain, actor.draft.emojis)
    await enqueue(tx, refreshAccountJob, { accountId: account.id }, { jobId: `refresh-${account.id}` })
    if (hasImages(account)) await enqueue(tx, fetchProfileImagesJob, { accountId: account.id })
    if (sought.isSought) await fetchFeatured(tx, account, actor.draft)
    if (sought.isLookedFor) await fetchNewest(tx, account)
    return settle(tx, account, actor.draft)
  })
  if (stored) return stored
  const { byUri } = await remoteAccountsFor(ctx.db, actor.draft.uri, actor.username, actor.domain)
  if (!byUri) throw new RaceError()
  return update(ctx, byUri, actor, false)
}

/** By the rule for its server, or by its own server. */
function firstSuspension(
  rule: DomainRule | null,
  draft: ActorDraft,
  now: Date,
): Pick<RemoteAccountValues, 'suspended_at' | 'suspension_origin'> {
  if (rule?.severity === 'suspend') return { suspended_at: rule.since, suspension_origin: BY_US }
  return draft.suspended
    ? { suspended_at: now, suspension_origin: BY_REMOTE }
    : { suspended_at: null, suspension_origin: null }
}

async function update(
  ctx: Ctx,
  known: AccountRow,
  actor: ConfirmedActor,
  isVouchedFor: boolean,
): Promise<AccountRow> {
  const now = ctx.clock.now()
  return transaction(ctx, async (tx) => {
    const keysBefore = isVouchedFor ? null : await publicKeysOf(tx.db, known.id)
    const account = await updateRemoteAccount(tx.db, known.id, {
      ...profileValues(actor.draft, now, known),
      ...identityValues(actor, now),
      ...suspensionValues(known, actor.draft, now),
    })
    if (!account) throw new RaceError()
    await changeKeys(tx, account, actor.keys, keysBefore)
    await afterUpdate(tx, known, account, actor.draft)
    await fetchFeatured(tx, account, actor.draft)
    return settle(tx, account, actor.draft)
  })
}

/** What a profile says beside its columns: whom it hides from, which pages are its own, where it has gone. */
async function settle(tx: Ctx, account: AccountRow, draft: ActorDraft): Promise<AccountRow> {
  if (account.suspended_at !== null) return account
  await setHiddenFromVisitors(tx.db, account.id, { public: draft.hidesPublic, unlisted: draft.hidesUnlisted })
  await planLinks(tx, account)
  return noteRedirect(tx, account, draft)
}

/**
 * Stores a profile that its owner pushed. Name, address and keys stay: those come from the actor's own server alone.
 */
export async function storePushedProfile(
  ctx: Ctx,
  known: AccountRow,
  draft: ActorDraft,
): Promise<AccountRow> {
  const now = ctx.clock.now()
  return transaction(ctx, async (tx) => {
    const account = await updateRemoteAccount(tx.db, known.id, {
      ...profileValues(draft, now, known),
      ...suspensionValues(known, draft, now),
    })
    if (!account) throw new RaceError()
    await afterUpdate(tx, known, account, draft)
    await fetchFeatured(tx, account, draft)
    return settle(tx, account, draft)
  })
}

async function afterUpdate(tx: Ctx, before: AccountRow, after: AccountRow, draft: ActorDraft): Promise<void> {
  await keepRemoteEmojis(tx, after.domain ?? '', draft.emojis)
  const isSame =
    before.avatar_remote_url === after.avatar_remote_url &&
    before.header_remote_url === after.header_remote_url
  if (!isSame || isMissingImages(after)) await enqueue(tx, fetchProfileImagesJob, { accountId: after.id })
  if (draft.attributionDomains.join() !== (before.attribution_domains ?? []).join())
    await enqueue(tx, creditAuthorJob, { accountId: after.id })
}

/** Pictures that were not to be had, or made room for others, are asked for again when the profile is. */
function isMissingImages(account: AccountRow): boolean {
  const { avatar_remote_url: avatar, header_remote_url: header } = account
  return (!!avatar && account.avatar_file_name === null) || (!!header && account.header_file_name === null)
}

/** What a profile features lies behind addresses of its own, which are read once for several updates that come together. */
async function fetchFeatured(tx: Ctx, account: AccountRow, draft: ActorDraft): Promise<void> {
  if (account.suspended_at !== null) return
  const tagsUrl = draft.featuredTagsUrl || null
  if (draft.featuredUrl || tagsUrl)
    await enqueue(
      tx,
      fetchFeaturedJob,
      { accountId: account.id, tagsUrl },
      { jobId: `featured-${account.id}` },
    )
  if (draft.featuredCollectionsUrl)
    await enqueue(tx, fetchCollectionsJob, { accountId: account.id }, { jobId: `collections-${account.id}` })
}

/** What it wrote before we met. */
async function fetchNewest(tx: Ctx, account: AccountRow): Promise<void> {
  if (account.suspended_at !== null || account.outbox_url === '' || tx.config.backfillStatuses === 0) return
  await enqueue(tx, fetchOutboxJob, { accountId: account.id }, { jobId: `outbox-${account.id}` })
}

/** A page that was seen to link back stays proven while the profile names it. */
function withProofs(fields: ActorDraft['fields'], known: AccountRow): ActorDraft['fields'] {
  const proofs = new Map(profileFields(known).map((field) => [field.value, field.verifiedAt]))
  return fields.map((field) => {
    const verifiedAt = proofs.get(field.value) ?? null
    return verifiedAt === null ? field : { ...field, verified_at: verifiedAt }
  })
}

function hasImages(account: AccountRow): boolean {
  return Boolean(account.avatar_remote_url || account.header_remote_url)
}

function identityValues(actor: ConfirmedActor, now: Date): Partial<RemoteAccountValues> {
  return {
    username: actor.username,
    domain: actor.domain,
    uri: actor.draft.uri,
    public_key: actor.keys[0]?.publicKey ?? '',
    last_webfingered_at: now,
    protocol: 1,
  }
}

function profileValues(
  draft: ActorDraft,
  now: Date,
  known: AccountRow | null = null,
): Partial<RemoteAccountValues> {
  return {
    actor_type: draft.type,
    url: draft.url,
    inbox_url: draft.inboxUrl,
    outbox_url: draft.outboxUrl,
    shared_inbox_url: draft.sharedInboxUrl,
    followers_url: draft.followersUrl,
    following_url: draft.followingUrl,
    featured_collection_url: draft.featuredUrl,
    collections_url: draft.featuredCollectionsUrl || null,
    feature_approval_policy: draft.featurePolicy,
    display_name: draft.displayName,
    note: draft.note,
    fields: known === null ? draft.fields : withProofs(draft.fields, known),
    avatar_remote_url: draft.avatar?.url ?? '',
    avatar_description: draft.avatar?.description ?? '',
    ...(draft.avatar ? {} : { avatar_file_name: null }),
    header_remote_url: draft.header?.url ?? '',
    header_description: draft.header?.description ?? '',
    ...(draft.header ? {} : { header_file_name: null }),
    locked: draft.locked,
    discoverable: draft.discoverable,
    indexable: draft.indexable,
    memorial: draft.memorial,
    also_known_as: draft.alsoKnownAs,
    attribution_domains: draft.attributionDomains,
    ...(draft.showFeatured === null ? {} : { show_featured: draft.showFeatured }),
    ...(draft.showMedia === null ? {} : { show_media: draft.showMedia }),
    ...(draft.showRepliesInMedia === null ? {} : { show_media_replies: draft.showRepliesInMedia }),
    updated_at: now,
  }
}

/** Their own suspension comes and goes as they say; ours stays. */
function suspensionValues(known: AccountRow, draft: ActorDraft, now: Date): Partial<RemoteAccountValues> {
  if (draft.suspended && known.suspended_at === null)
    return { suspended_at: now, suspension_origin: BY_REMOTE }
  if (!draft.suspended && known.suspension_origin === BY_REMOTE)
    return { suspended_at: null, suspension_origin: null }
  return {}
}
