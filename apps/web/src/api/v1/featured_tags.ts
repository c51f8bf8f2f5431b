import {
  featureTag,
  listFeaturedTags,
  suggestFeaturedTags,
  unfeatureTag,
} from '@anancus/core/domain/accounts'
import { featuredTagJson } from '@anancus/core/entities'
import { BadRequestError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { idParam, noParams, required, stringParam } from '../../http/params.ts'
import { done, ok } from '../../http/reply.ts'
import { type Route, user, userRoute } from '../../http/route.ts'
import { shownTagJson } from './tags/shown-tag.ts'

const path = '/api/v1/featured_tags'

/** @see https://docs.joinmastodon.org/methods/featured_tags/#get */
const featuredTags = userRoute({
  method: 'get',
  path,
  auth: user('read:accounts'),
  params: noParams,
  summary: 'Hashtags on the own profile, most used first.',
  answers: ['FeaturedTag'],
  async handle({ ctx, viewer }) {
    const tags = await listFeaturedTags(ctx, viewer.account)
    return ok(tags.map((tag) => featuredTagJson(ctx.config, viewer.account, tag)))
  },
})

/** @see https://docs.joinmastodon.org/methods/featured_tags/#feature */
const createFeaturedTag = userRoute({
  method: 'post',
  path,
  auth: user('write:accounts'),
  params: z.object({ name: required(stringParam) }),
  summary: 'Shows a hashtag on the own profile.',
  answers: 'FeaturedTag',
  async handle({ ctx, viewer, params }) {
    if (!params.name?.trim()) throw BadRequestError.missing('name')
    const featured = await featureTag(ctx, viewer.account, params.name)
    return ok(featuredTagJson(ctx.config, viewer.account, featured))
  },
})

/** @see https://docs.joinmastodon.org/methods/featured_tags/#unfeature */
const deleteFeaturedTag = userRoute({
  method: 'delete',
  path: `${path}/:id`,
  auth: user('write:accounts'),
  params: z.object({ id: idParam }),
  summary: 'Takes a hashtag off the own profile.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await unfeatureTag(ctx, viewer.account, params.id)
    return done()
  },
})

/** @see https://docs.joinmastodon.org/methods/featured_tags/#suggestions */
const suggestions = userRoute({
  method: 'get',
  path: `${path}/suggestions`,
  auth: user('read:accounts'),
  params: noParams,
  summary: 'Hashtags used of late that are not on the own profile.',
  answers: ['Tag'],
  async handle({ ctx, viewer }) {
    return ok((await suggestFeaturedTags(ctx, viewer)).map((shown) => shownTagJson(ctx, shown)))
  },
})

/** `/api/v1/featured_tags` and all below it. */
export const featuredTagRoutes: readonly Route[] = [
  featuredTags,
  createFeaturedTag,
  deleteFeaturedTag,
  suggestions,
]
