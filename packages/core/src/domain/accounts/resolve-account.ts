import type { AccountRow } from '@anancus/db'
import { accountByHandle, accountByUri, localAccountByUsername } from '@anancus/db/queries/accounts'
import { markAccountGone } from '@anancus/db/queries/remote-accounts'
import { parseHandle } from '../../activitypub/parse/handle.ts'
import { webFinger } from '../../activitypub/transport/webfinger.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { fetchActor } from './confirm-actor.ts'
import { fetchBudget, spend } from './fetch-budget.ts'
import { isOwnUri, localAccountByUri } from './local-account.ts'
import { type ResolveOptions, timeLeft } from './resolve-options.ts'
import { storeRemoteAccount } from './store-remote-account.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Whether what we know of a remote account is old enough to ask again. */
export function isStale(ctx: Ctx, account: AccountRow): boolean {
  const at = account.last_webfingered_at
  return at === null || ctx.clock.now().getTime() - at.getTime() > DAY_MS
}

/**
 * Finds the account behind a handle: a local one, a known one that is younger than a day, else by WebFinger. The handle
 * counts only when its server and the actor agree.
 *
 * @param acct `user`, `@user@domain` or `acct:user@domain`
 * @param options.deadlineMs longest wait for other servers, in milliseconds
 * @returns null when nobody is called so, or the server is blocked
 * @throws RemoteServerError the other server did not answer and we know nobody of that name
 */
export async function resolveAccount(
  ctx: Ctx,
  acct: string,
  options: { deadlineMs?: number | undefined; fresh?: boolean } = {},
): Promise<AccountRow | null> {
  const handle = parseHandle(acct)
  if (!handle) return null
  if (handle.domain === null || ctx.config.ownHosts.has(handle.domain))
    return localAccountByUsername(ctx.db, handle.username)
  if (await isDomainBlocked(ctx, handle.domain)) return null
  const known = await accountByHandle(ctx.db, handle.username, handle.domain)
  if (known && !options.fresh && !isStale(ctx, known)) return known
  const deadline = options.deadlineMs === undefined ? {} : { deadlineAt: Date.now() + options.deadlineMs }
  try {
    return await resolveByWebFinger(ctx, handle.username, handle.domain, known, {
      ...deadline,
      isSought: true,
      isLookedFor: true,
      budget: fetchBudget(),
    })
  } catch (error) {
    if (!known) throw error
    ctx.log.info({ error, acct }, 'a profile could not be refreshed: the known one is used')
    return known
  }
}

async function resolveByWebFinger(
  ctx: Ctx,
  username: string,
  domain: string,
  known: AccountRow | null,
  options: ResolveOptions,
): Promise<AccountRow | null> {
  const self = await selfOf(ctx, username, domain, options)
  if (self === 'gone') {
    if (known) await markAccountGone(ctx.db, known.id)
    return null
  }
  if (self === null || isOwnUri(ctx, self)) return null
  const actor = await fetchActor(ctx, self, options)
  return actor?.draft.uri === self ? storeRemoteAccount(ctx, actor, options) : null
}

/** The actor a handle leads to. The answer may name another handle, once; that one's server must stand by it. */
async function selfOf(
  ctx: Ctx,
  username: string,
  domain: string,
  options: ResolveOptions,
): Promise<string | 'gone' | null> {
  if (!spend(options.budget)) return null
  const answer = await webFinger(ctx, username, domain, timeLeft(options))
  if (answer === null || answer === 'gone') return answer
  const subject = parseHandle(answer.subject)
  if (!subject || subject.domain === null) return null
  if (subject.domain === domain) return answer.self
  if (ctx.config.ownHosts.has(subject.domain) || (await isDomainBlocked(ctx, subject.domain))) return null
  if (!spend(options.budget)) return null
  const second = await webFinger(ctx, subject.username, subject.domain, timeLeft(options))
  if (second === null || second === 'gone') return null
  return second.subject.toLowerCase() === answer.subject.toLowerCase() ? second.self : null
}

/**
 * Finds the account an ActivityPub id names: a local one, a known one that is younger than a day, else by fetching it
 * from its own server.
 *
 * @returns null when there is none, its server is blocked, or its handle is not confirmed
 * @throws RemoteServerError its server did not answer and we do not know the account
 */
export async function resolveAccountByUri(
  ctx: Ctx,
  uri: string,
  options: ResolveOptions = {},
): Promise<AccountRow | null> {
  if (isOwnUri(ctx, uri)) return localAccountByUri(ctx, uri)
  const known = await accountByUri(ctx.db, uri)
  if (known && !options.fresh && !isStale(ctx, known)) return known
  try {
    const actor = await fetchActor(ctx, uri, options)
    return actor?.draft.uri === uri ? await storeRemoteAccount(ctx, actor, options) : null
  } catch (error) {
    if (!known || options.fresh) throw error
    ctx.log.info({ error, uri }, 'a profile could not be refreshed: the known one is used')
    return known
  }
}
