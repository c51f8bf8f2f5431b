import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { updateProfile } from '@anancus/core/domain/accounts'
import { favouriteStatus, reblogStatus } from '@anancus/core/domain/interactions'
import { storeProfileImage, type Upload, uploadMedia } from '@anancus/core/domain/media'
import { followAccount } from '@anancus/core/domain/relationships'
import { saveSettings } from '@anancus/core/domain/settings'
import { publishStatus } from '@anancus/core/domain/statuses'
import { createUser, findUserByUsername } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import type { AccountRow, StatusRow } from '@anancus/db'
import { paint } from './picture.ts'
import { follows, people, statuses, type Townsperson, type TownStatus } from './town.ts'

const AVATAR_PIXELS = 400
const HEADER = { width: 1500, height: 500 }
const PICTURE = { width: 1200, height: 800 }

/**
 * Fills the development instance with the town, through the same use cases as everybody else's posts. Does nothing where
 * the town is there already.
 *
 * @returns whether anything was sown
 */
export async function sowTown(ctx: Ctx): Promise<boolean> {
  if (await findUserByUsername(ctx, 'admin')) return false
  const folder = await mkdtemp(join(tmpdir(), 'anancus-town-'))
  try {
    await saveSettings(ctx, {
      registrations_mode: 'open',
      site_title: 'Anancus',
      site_short_description: 'A development instance. Look around, break things.',
      site_contact_username: 'admin',
      site_contact_email: 'admin@localhost',
    })
    const accounts = new Map<string, AccountRow>()
    for (const person of people) accounts.set(person.username, await settle(ctx, person, folder))
    for (const [follower, followed] of follows)
      await followAccount(ctx, of(accounts, follower), of(accounts, followed))
    const written = new Map<string, StatusRow>()
    for (const status of statuses)
      written.set(status.key, await write(ctx, status, accounts, written, folder))
    return true
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function settle(ctx: Ctx, person: Townsperson, folder: string): Promise<AccountRow> {
  const { account } = await createUser(ctx, {
    username: person.username,
    email: `${person.username}@localhost`,
    password: `mastodon${person.username}`,
    confirmed: true,
    approved: true,
    ...(person.role ? { role: person.role } : {}),
  })
  const seed = person.username.length
  const avatar = await painted(
    folder,
    `${person.username}-avatar`,
    AVATAR_PIXELS,
    AVATAR_PIXELS,
    person.colours,
    seed,
  )
  const header = await painted(
    folder,
    `${person.username}-header`,
    HEADER.width,
    HEADER.height,
    person.colours,
    seed + 1,
  )
  const withAvatar = await storeProfileImage(ctx, account, 'avatar', avatar)
  const withHeader = await storeProfileImage(ctx, withAvatar, 'header', header)
  return updateProfile(ctx, withHeader, {
    displayName: person.displayName,
    note: person.note,
    locked: person.locked === true,
    bot: person.bot === true,
    discoverable: true,
    ...(person.fields ? { fields: person.fields } : {}),
  })
}

async function write(
  ctx: Ctx,
  status: TownStatus,
  accounts: ReadonlyMap<string, AccountRow>,
  written: ReadonlyMap<string, StatusRow>,
  folder: string,
): Promise<StatusRow> {
  const author = of(accounts, status.by)
  const mediaIds = status.picture ? [await hang(ctx, author, status, folder)] : undefined
  const row = await publishStatus(ctx, author, {
    status: status.text,
    spoilerText: status.spoiler,
    visibility: status.visibility ?? 'public',
    language: status.language ?? 'en',
    inReplyToId: status.replyTo ? of(written, status.replyTo).id : undefined,
    mediaIds,
  })
  for (const name of status.favouritedBy ?? []) await favouriteStatus(ctx, of(accounts, name), row)
  for (const name of status.rebloggedBy ?? []) await reblogStatus(ctx, of(accounts, name), row)
  return row
}

async function hang(ctx: Ctx, author: AccountRow, status: TownStatus, folder: string): Promise<string> {
  const colours = people.find((person) => person.username === status.by)?.colours ?? ['#000000', '#ffffff']
  const file = await painted(folder, status.key, PICTURE.width, PICTURE.height, colours, status.key.length)
  const media = await uploadMedia(ctx, author, file, { description: status.picture })
  return media.id
}

async function painted(
  folder: string,
  name: string,
  width: number,
  height: number,
  colours: readonly [string, string],
  seed: number,
): Promise<Upload> {
  const path = join(folder, `${name}.png`)
  await paint(path, width, height, colours, seed)
  return { path, filename: `${name}.png`, contentType: 'image/png', bytes: (await stat(path)).size }
}

function of<T>(known: ReadonlyMap<string, T>, name: string): T {
  const found = known.get(name)
  if (!found) throw new Error(`The town has no ${name}.`)
  return found
}
