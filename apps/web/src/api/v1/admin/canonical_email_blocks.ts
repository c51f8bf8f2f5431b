import {
  createCanonicalEmailBlock,
  findCanonicalEmailBlock,
  getCanonicalEmailBlock,
  listCanonicalEmailBlocks,
  removeCanonicalEmailBlock,
} from '@anancus/core/domain/moderation'
import { adminCanonicalEmailBlockJson } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { done, ok } from '../../../http/reply.ts'
import type { Route } from '../../../http/route.ts'
import { adminRoute } from './admin-route.ts'
import { rowPage } from './row-page.ts'

const path = '/api/v1/admin/canonical_email_blocks'
const read = { scope: 'admin:read:canonical_email_blocks', permission: 'manage_blocks' } as const
const write = { scope: 'admin:write:canonical_email_blocks', permission: 'manage_blocks' } as const

/** @see https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#get */
const canonicalEmailBlocks = adminRoute({
  ...read,
  method: 'get',
  path,
  params: z.object(windowParams(100, 200)),
  summary: 'Hashes of banned e-mail addresses.',
  answers: ['AdminCanonicalEmailBlock'],
  async handle(call) {
    const window = windowOf(call.params)
    return rowPage(
      call,
      window,
      await listCanonicalEmailBlocks(call.ctx, window),
      adminCanonicalEmailBlockJson,
    )
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#get-one */
const canonicalEmailBlock = adminRoute({
  ...read,
  method: 'get',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'The hash of one banned e-mail address.',
  answers: 'AdminCanonicalEmailBlock',
  async handle({ ctx, params }) {
    return ok(adminCanonicalEmailBlockJson(await getCanonicalEmailBlock(ctx, params.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#test */
const testCanonicalEmail = adminRoute({
  ...read,
  method: 'post',
  path: `${path}/test`,
  params: z.object({ email: stringParam }),
  summary: 'Whether an e-mail address is banned: the hash it meets, or nothing.',
  answers: ['AdminCanonicalEmailBlock'],
  async handle({ ctx, params }) {
    const found = await findCanonicalEmailBlock(ctx, params.email)
    return ok(found ? [adminCanonicalEmailBlockJson(found)] : [])
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#create */
const blockCanonicalEmail = adminRoute({
  ...write,
  method: 'post',
  path,
  params: z.object({ email: stringParam, canonical_email_hash: stringParam }),
  summary: 'Bans an e-mail address and all its spellings.',
  answers: 'AdminCanonicalEmailBlock',
  async handle({ ctx, viewer, params }) {
    const given = { email: params.email, hash: params.canonical_email_hash }
    return ok(adminCanonicalEmailBlockJson(await createCanonicalEmailBlock(ctx, viewer, given)))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#delete */
const unblockCanonicalEmail = adminRoute({
  ...write,
  method: 'delete',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'Frees a banned e-mail address.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await removeCanonicalEmailBlock(ctx, viewer, params.id)
    return done()
  },
})

/** `/api/v1/admin/canonical_email_blocks` and all below it; `test` is no id. */
export const adminCanonicalEmailBlockRoutes: readonly Route[] = [
  canonicalEmailBlocks,
  testCanonicalEmail,
  canonicalEmailBlock,
  blockCanonicalEmail,
  unblockCanonicalEmail,
]
