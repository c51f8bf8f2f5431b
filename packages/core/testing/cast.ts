import type { UserRoleRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import type { Ctx } from '../src/kernel/context.ts'
import type { Viewer } from '../src/kernel/viewer.ts'

/** The people of every test, of the seeds and of the demonstrations. */
export type Cast = Awaited<ReturnType<typeof castOf>>

/**
 * Makes the cast: *ada* (admin), *mo* (moderator), *alice*, *bob*, *mallory* (whom alice blocks) and *eve* (a stranger)
 * are ours; *carol* lives on a Mastodon, *dan* on a server with addresses of another kind. Nobody follows anybody.
 */
export async function castOf(ctx: Ctx) {
  const make = factories(ctx.db)
  const user = (username: string, role?: UserRoleRow): Promise<Viewer> =>
    make.viewer({
      account: { username, display_name: capitalised(username) },
      email: `${username}@example.org`,
      ...(role ? { role_id: role.id } : {}),
    })
  const alice = await user('alice')
  const mallory = await user('mallory')
  await make.block({ account: alice.account, target: mallory.account })
  return {
    ada: await user('ada', await roleNamed(ctx, 'Admin')),
    mo: await user('mo', await roleNamed(ctx, 'Moderator')),
    alice,
    bob: await user('bob'),
    mallory,
    eve: await user('eve'),
    carol: await make.remoteAccount({
      username: 'carol',
      domain: 'mastodon.example',
      display_name: 'Carol',
    }),
    dan: await make.remoteAccount({
      username: 'dan',
      domain: 'other.example',
      display_name: 'Dan',
      style: 'opaque',
    }),
  }
}

async function roleNamed(ctx: Ctx, name: string): Promise<UserRoleRow> {
  const role = await ctx.db<UserRoleRow>('user_roles').where({ name }).first()
  return role ?? factories(ctx.db).role({ name, permissions: name === 'Admin' ? '1' : '1308' })
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
