import { renderAccount } from '@anancus/core/entities'
import { actorUri } from '@anancus/core/kernel/uris'
import { noParams } from '../http/params.ts'
import { ok, type Reply } from '../http/reply.ts'
import { type UserCall, user, userRoute } from '../http/route.ts'

const common = {
  path: '/oauth/userinfo',
  auth: user('profile'),
  params: noParams,
  summary: 'Who the user is, for signing in elsewhere.',
  answers: 'UserInfo',
}

/** @see https://docs.joinmastodon.org/methods/oauth/#userinfo */
export const userinfo = userRoute({ ...common, method: 'get', handle: describeUser })
export const userinfoByPost = userRoute({ ...common, method: 'post', handle: describeUser })

async function describeUser({ ctx, viewer }: UserCall<unknown>): Promise<Reply> {
  const account = await renderAccount(ctx, viewer, viewer.account.id)
  return ok({
    iss: `${ctx.config.baseUrl}/`,
    sub: actorUri(ctx.config, viewer.account),
    name: account.display_name,
    preferred_username: account.username,
    profile: account.url,
    picture: account.avatar,
  })
}
