import { findUserByEmail, findUserByUsername } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import type { Viewer } from '@anancus/core/kernel/viewer'

/** @throws NotFoundError in tootctl's words */
export async function getUserByUsername(ctx: Ctx, username: string): Promise<Viewer> {
  const user = await findUserByUsername(ctx, username)
  if (!user) throw new NotFoundError(`No user with such username: ${username}`)
  return user
}

/** @throws NotFoundError in tootctl's words */
export async function getUserByEmail(ctx: Ctx, email: string): Promise<Viewer> {
  const user = await findUserByEmail(ctx, email)
  if (!user) throw new NotFoundError(`No user with such email: ${email}`)
  return user
}
