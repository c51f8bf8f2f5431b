import { defaultPrivacyOf, preferencesOf } from '@anancus/core/domain/settings'
import { noParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/preferences/#get */
export const preferences = userRoute({
  method: 'get',
  path: '/api/v1/preferences',
  auth: user('read:accounts'),
  params: noParams,
  summary: 'How the user likes to post and read.',
  answers: 'Preferences',
  async handle({ ctx, viewer }) {
    const own = preferencesOf(viewer.user)
    return ok({
      'posting:default:visibility': defaultPrivacyOf(viewer.user, viewer.account),
      'posting:default:sensitive': own.default_sensitive,
      'posting:default:language': own.default_language ?? viewer.user.locale ?? ctx.config.env.DEFAULT_LOCALE,
      'posting:default:quote_policy': own.default_quote_policy,
      'reading:expand:media': own['web.display_media'],
      'reading:expand:spoilers': own['web.expand_content_warnings'],
      'reading:autoplay:gifs': own['web.auto_play'],
    })
  },
})
