import type { AccountRow } from '@anancus/db'
import { type ProfileColumns, setAccountTags, updateProfileColumns } from '@anancus/db/queries/accounts'
import { acceptFollowRequestsJob, creditAuthorJob, updateActorJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { InvariantError, ValidationError } from '../../kernel/errors.ts'
import { extractHashtags } from '../../kernel/text/extract.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { storeProfileImage, type Upload } from '../media/index.ts'
import { type Preferences, savePreferences } from '../settings/index.ts'
import { useTags } from '../tags/index.ts'
import { UPDATE_DEBOUNCE_MS } from './limits.ts'
import { type ProfileText, profileColumns } from './profile-columns.ts'
import { planLinks } from './verify-links.ts'

export interface ProfilePatch extends ProfileText {
  avatar?: Upload | undefined
  header?: Upload | undefined
}

/**
 * Changes a profile of ours. Nothing is saved when something is wrong. Other servers hear of it five seconds later. An
 * account that is no longer locked accepts everyone who waits.
 *
 * @returns the account as it is now
 * @throws ValidationError with details by field
 * @see https://docs.joinmastodon.org/methods/accounts/#update_credentials
 */
export async function updateProfile(ctx: Ctx, account: AccountRow, patch: ProfilePatch): Promise<AccountRow> {
  const columns = await prepare(ctx, account, patch)
  return transaction(ctx, (tx) => save(tx, account, columns))
}

/** As `updateProfile`, with preferences of the user in the same stroke. Returns the viewer as it is now. */
export async function updateCredentials(
  ctx: Ctx,
  viewer: Viewer,
  patch: ProfilePatch,
  preferences: Partial<Preferences>,
): Promise<Viewer> {
  const columns = await prepare(ctx, viewer.account, patch)
  return transaction(ctx, async (tx) => {
    const user = await savePreferences(tx, viewer.user, preferences)
    return { ...viewer, user, account: await save(tx, viewer.account, columns) }
  })
}

/** What can fail goes first; pictures are files and stay outside of the transaction. */
async function prepare(ctx: Ctx, account: AccountRow, patch: ProfilePatch): Promise<ProfileColumns> {
  const { avatar, header, ...text } = patch
  const columns = profileColumns(account, text)
  if (avatar) await storeImage(ctx, account, 'avatar', avatar)
  if (header) await storeImage(ctx, account, 'header', header)
  return columns
}

/** Says which of the two pictures is the one that cannot be taken. */
async function storeImage(
  ctx: Ctx,
  account: AccountRow,
  kind: 'avatar' | 'header',
  file: Upload,
): Promise<void> {
  try {
    await storeProfileImage(ctx, account, kind, file)
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    const name = kind === 'avatar' ? 'Avatar' : 'Header'
    const reason = error.message.replace(/^Validation failed: /, '').replace(/\bFile\b/g, name)
    const description = reason.replace(new RegExp(`^${name} `), '')
    throw new ValidationError(`Validation failed: ${reason}`, {
      [kind]: [{ error: 'ERR_INVALID', description }],
    })
  }
}

async function save(tx: Ctx, account: AccountRow, columns: ProfileColumns): Promise<AccountRow> {
  const changed = await updateProfileColumns(tx.db, account.id, columns)
  if (!changed) throw new InvariantError('The account that changes its profile is gone')
  if (columns.note !== undefined) await noteHashtags(tx, changed)
  if (account.locked && !changed.locked) {
    await enqueue(tx, acceptFollowRequestsJob, { accountId: account.id })
  }
  if (columns.fields !== undefined) await planLinks(tx, changed)
  if (columns.attribution_domains !== undefined) await enqueue(tx, creditAuthorJob, { accountId: account.id })
  await announceProfile(tx, account)
  return changed
}

async function noteHashtags(tx: Ctx, account: AccountRow): Promise<void> {
  const tags = await useTags(tx, extractHashtags(account.note))
  await setAccountTags(
    tx.db,
    account.id,
    tags.map((tag) => tag.id),
  )
}

/** Lets other servers know how a profile looks now; several changes within five seconds are told once. */
export async function announceProfile(ctx: Ctx, account: Pick<AccountRow, 'id'>): Promise<void> {
  await enqueue(
    ctx,
    updateActorJob,
    { accountId: account.id },
    { jobId: `update-actor-${account.id}`, delayMs: UPDATE_DEBOUNCE_MS },
  )
}
