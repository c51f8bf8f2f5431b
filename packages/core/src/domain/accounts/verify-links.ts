import type { AccountRow } from '@anancus/db'
import { accountById, markLinksVerified } from '@anancus/db/queries/accounts'
import { profileFields } from '../../graph/profile-fields.ts'
import { verifyLinksJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { accountUrl, isLocal } from '../../kernel/uris.ts'
import { MAX_LINKS_VERIFIED, MAX_PROOF_BYTES, PROOF_DEADLINE_MS, REMOTE_PROOF_JITTER_MS } from './limits.ts'
import { linkToVerify, meLinksIn } from './profile-link.ts'

/** The pages of a profile that have not been seen to link back. */
function unproven(account: AccountRow): { value: string; url: string }[] {
  return profileFields(account)
    .filter((field) => field.verifiedAt === null)
    .flatMap(({ value }) => {
      const url = linkToVerify(account, value)
      return url === null ? [] : { value, url }
    })
    .slice(0, MAX_LINKS_VERIFIED)
}

/**
 * Has the pages that a profile names looked at, if there are any: at once for our own, within ten minutes for others', so
 * that a page is not asked by every server at the same moment.
 */
export async function planLinks(tx: Ctx, account: AccountRow): Promise<void> {
  if (account.suspended_at !== null || unproven(account).length === 0) return
  const delayMs = isLocal(account) ? 0 : Math.floor(Math.random() * REMOTE_PROOF_JITTER_MS)
  await enqueue(tx, verifyLinksJob, { accountId: account.id }, { jobId: `links-${account.id}`, delayMs })
}

/**
 * Looks whether the pages that a profile names link back to it by `rel=me`, and marks those that do. A page that is not
 * to be had now proves nothing. What `verifyLinksJob` runs; two requests a page at most.
 *
 * @see https://docs.joinmastodon.org/user/profile/#verification
 */
export async function verifyLinks(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || account.suspended_at !== null) return
  const proven: string[] = []
  for (const { value, url } of unproven(account)) if (await linksBack(ctx, account, url)) proven.push(value)
  if (proven.length > 0) await markLinksVerified(ctx.db, account.id, proven, ctx.clock.now())
}

async function linksBack(ctx: Ctx, account: AccountRow, url: string): Promise<boolean> {
  const back = accountUrl(ctx.config, account)
  try {
    const links = meLinksIn(await pageAt(ctx, url))
    if (links.some((link) => link.toLowerCase() === back.toLowerCase())) return true
    const [first] = links
    return first !== undefined && (await leadsTo(ctx, first, back))
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error, url }, 'a page that a profile names is not to be had')
    return false
  }
}

async function pageAt(ctx: Ctx, url: string): Promise<string> {
  const response = await ctx.http.request({
    method: 'GET',
    url,
    headers: { accept: 'text/html' },
    maxBytes: MAX_PROOF_BYTES,
    isCut: true,
    deadlineMs: PROOF_DEADLINE_MS,
  })
  return response.status === 200 ? response.body.toString('utf8') : ''
}

/** Some pages link to a counter that sends people on: one step, and only to exactly the profile. */
async function leadsTo(ctx: Ctx, link: string, back: string): Promise<boolean> {
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return false
  const response = await ctx.http.request({
    method: 'HEAD',
    url: link,
    keepsRedirect: true,
    deadlineMs: PROOF_DEADLINE_MS,
  })
  return response.headers.location === back
}
