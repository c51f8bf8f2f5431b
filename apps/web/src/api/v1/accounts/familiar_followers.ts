import { findAccounts } from '@anancus/core/domain/accounts'
import { listFamiliarFollowers } from '@anancus/core/domain/relationships'
import { renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { idsParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#familiar_followers */
export const familiarFollowers = userRoute({
  method: 'get',
  path: '/api/v1/accounts/familiar_followers',
  auth: user('read:follows'),
  params: z.object({ id: idsParam({ wrap: true }) }),
  summary: 'Followers of accounts whom the user follows too.',
  answers: ['FamiliarFollowers'],
  async handle({ ctx, viewer, params }) {
    const accounts = (await findAccounts(ctx, params.id ?? [])).filter(
      (account) => account.suspended_at === null,
    )
    const lists = await listFamiliarFollowers(ctx, viewer, accounts)
    const ids = [...new Set(lists.flatMap((list) => list.followerIds))]
    const shown = new Map((await renderAccounts(ctx, viewer, ids)).map((account) => [account.id, account]))
    return ok(
      lists.map(({ id, followerIds }) => ({
        id,
        accounts: followerIds
          .map((followerId) => shown.get(followerId))
          .filter((account) => account !== undefined),
      })),
    )
  },
})
