import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { getEmbeddableStatus } from '@anancus/core/domain/statuses'
import { renderStatus } from '@anancus/core/entities'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { PUBLIC_FOLDER } from '../assets.ts'
import { ownerOf } from '../client/handle.ts'
import { contentSecurityPolicy } from '../content-security-policy.ts'
import { type PageCall, sendHtml } from '../page.ts'
import { embedMarkup } from './embed-markup.ts'

const SHARED_SECONDS = 180

/**
 * A public or unlisted post of ours for a frame on another site: the same for everybody, whoever is signed in here.
 *
 * @throws NotFoundError missing, hidden, a reblog, or somebody else's
 */
export async function embedPage(call: PageCall): Promise<void> {
  const { ctx, req, res } = call
  const owner = ownerOf(call)
  const { id } = req.params
  if (owner.kind !== 'local' || !isId(id) || ctx.config.env.LIMITED_FEDERATION_MODE)
    throw new NotFoundError('Not Found')
  const row = await getEmbeddableStatus(ctx, id)
  const status = await renderStatus(ctx, null, row.id)
  const { account } = status
  if (account.acct.toLowerCase() !== owner.name.toLowerCase()) throw new NotFoundError('Not Found')
  res.removeHeader('X-Frame-Options')
  res.setHeader('Content-Security-Policy', contentSecurityPolicy(ctx.config, null, { isFramable: true }))
  res.setHeader('Cache-Control', `max-age=${SHARED_SECONDS}, public`)
  sendHtml(
    res,
    200,
    embedMarkup(ctx.config, status, { style: fileUrl('embed.css'), script: fileUrl('embed-page.js') }),
  )
}

const urls = new Map<string, string>()

/** The address of a file in the public folder, which changes with it. */
function fileUrl(name: string): string {
  const known = urls.get(name)
  if (known) return known
  const digest = createHash('sha256')
    .update(readFileSync(`${PUBLIC_FOLDER}/${name}`))
    .digest('hex')
  const url = `/${name}?v=${digest.slice(0, 12)}`
  urls.set(name, url)
  return url
}
