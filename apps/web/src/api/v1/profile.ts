import { listFeaturedTags, updateProfile } from '@anancus/core/domain/accounts'
import { featuredTagJson, profileJson, renderCredentialAccount } from '@anancus/core/entities'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { z } from 'zod'
import { booleanParam, noParams } from '../../http/params.ts'
import { ok, type Reply } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'
import { profilePatch, profileShape, profileUploads } from './accounts/profile-params.ts'

const path = '/api/v1/profile'

/** @see https://docs.joinmastodon.org/methods/profile/#get */
export const profile = userRoute({
  method: 'get',
  path,
  auth: user('profile', 'read:accounts'),
  params: noParams,
  summary: 'The own profile, as typed and as shown.',
  answers: 'Profile',
  handle: ({ ctx, viewer }) => profileReply(ctx, viewer),
})

/** @see https://docs.joinmastodon.org/methods/profile/#update */
export const updateOwnProfile = userRoute({
  method: 'put',
  path,
  auth: user('write:accounts'),
  params: z.object({
    ...profileShape,
    show_media: booleanParam,
    show_media_replies: booleanParam,
    show_featured: booleanParam,
  }),
  uploads: profileUploads,
  summary: 'Changes the own profile.',
  answers: 'Profile',
  async handle({ ctx, viewer, params, files }) {
    const account = await updateProfile(ctx, viewer.account, {
      ...profilePatch(params, files),
      showMedia: params.show_media,
      showMediaReplies: params.show_media_replies,
      showFeatured: params.show_featured,
    })
    return profileReply(ctx, { ...viewer, account })
  },
})

async function profileReply(ctx: Ctx, viewer: Viewer): Promise<Reply> {
  const [shown, tags] = await Promise.all([
    renderCredentialAccount(ctx, viewer),
    listFeaturedTags(ctx, viewer.account),
  ])
  const featured = tags.map((tag) => featuredTagJson(ctx.config, viewer.account, tag))
  return ok(profileJson(viewer.account, shown, featured))
}
