import type { AccountRow, TagRow } from '@anancus/db'
import {
  countFeatured,
  deleteFeaturedTag,
  type FeaturedTagFacts,
  featuredTagById,
  featuredTagOf,
  insertFeaturedTag,
} from '@anancus/db/queries/featured-tags'
import { lockName } from '@anancus/db/queries/status-writes'
import { featuredTagActivity } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { accountReach, sendActivity } from '../federation/index.ts'
import { findTag, isTagName, requireTagName, useTags } from '../tags/index.ts'
import { MAX_FEATURED_TAGS } from './limits.ts'

/**
 * Shows a hashtag on one's profile, spelled as given, at most ten, and tells other servers. One that is shown already
 * stays as it is.
 *
 * @param name with or without `#`
 * @throws ValidationError not the name of a hashtag, or one too many
 * @see https://docs.joinmastodon.org/methods/featured_tags/#feature
 */
export async function featureTag(ctx: Ctx, account: AccountRow, name: string): Promise<FeaturedTagFacts> {
  const typed = name.trim().replace(/^#/, '')
  if (!isTagName(typed)) throw ValidationError.failed('Name is invalid')
  return transaction(ctx, async (tx) => feature(tx, account, await tagFor(tx, typed), typed))
}

/**
 * Shows a hashtag on one's profile, spelled as the tag is. No error when it is there.
 *
 * @throws NotFoundError not the name of a hashtag
 * @throws ValidationError one too many
 * @see https://docs.joinmastodon.org/methods/tags/#feature
 */
export async function featureTagByName(ctx: Ctx, account: AccountRow, name: string): Promise<void> {
  requireTagName(name)
  await transaction(ctx, async (tx) => feature(tx, account, await tagFor(tx, name), null))
}

/** Takes a hashtag off one's profile. @throws NotFoundError missing or somebody else's */
export async function unfeatureTag(ctx: Ctx, account: AccountRow, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const featured = await featuredTagById(tx.db, account.id, id)
    if (!featured) throw new NotFoundError()
    await unfeature(tx, account, featured)
  })
}

/** Undoes `featureTagByName`. No error when it is not featured. @throws NotFoundError not the name of a hashtag */
export async function unfeatureTagByName(ctx: Ctx, account: AccountRow, name: string): Promise<void> {
  const tag = await findTag(ctx, requireTagName(name))
  if (!tag) return
  await transaction(ctx, async (tx) => {
    const featured = await featuredTagOf(tx.db, account.id, tag.id)
    if (featured) await unfeature(tx, account, featured)
  })
}

async function tagFor(tx: Ctx, name: string): Promise<TagRow> {
  const [tag] = await useTags(tx, [name])
  if (!tag) throw ValidationError.failed('Name is invalid')
  return tag
}

async function feature(
  tx: Ctx,
  account: AccountRow,
  tag: TagRow,
  name: string | null,
): Promise<FeaturedTagFacts> {
  await lockName(tx.db, `featured_tags:${account.id}`)
  const existing = await featuredTagOf(tx.db, account.id, tag.id)
  if (existing) return existing
  if ((await countFeatured(tx.db, account.id)) >= MAX_FEATURED_TAGS)
    throw ValidationError.failed('You have already featured the maximum number of hashtags')
  await insertFeaturedTag(tx.db, account.id, tag.id, name)
  const featured = await featuredTagOf(tx.db, account.id, tag.id)
  if (!featured) throw new InvariantError('A featured tag was not stored')
  await tell(tx, 'Add', account, featured)
  return featured
}

async function unfeature(tx: Ctx, account: AccountRow, featured: FeaturedTagFacts): Promise<void> {
  // Two calls may have found it; one takes it off.
  if (await deleteFeaturedTag(tx.db, account.id, featured.tag_id)) await tell(tx, 'Remove', account, featured)
}

async function tell(
  tx: Ctx,
  type: 'Add' | 'Remove',
  account: AccountRow,
  featured: FeaturedTagFacts,
): Promise<void> {
  const shown = featured.shown_name ?? featured.tag_name
  await sendActivity(tx, {
    signer: account,
    activity: featuredTagActivity(tx.config, type, account, { name: featured.tag_name, shown }),
    inboxes: await accountReach(tx, account),
  })
}
