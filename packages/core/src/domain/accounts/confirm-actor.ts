import { type ActorDraft, parseActor } from '../../activitypub/parse/actor.ts'
import { domainOfUri, type ParsedHandle, parseHandle } from '../../activitypub/parse/handle.ts'
import { fetchDocument, fetchObject } from '../../activitypub/transport/fetch.ts'
import { keysOf, parseKeyDocument } from '../../activitypub/parse/keys.ts'
import { stringOf } from '../../activitypub/parse/values.ts'
import { type WebFingerAnswer, webFinger } from '../../activitypub/transport/webfinger.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { spend } from './fetch-budget.ts'
import { isFlood } from './flood-guard.ts'
import { type ResolveOptions, timeLeft } from './resolve-options.ts'

const MAX_KEYS_FETCHED = 2

/**
 * An actor fetched from its own server, whose handle its handle's server confirms. Only `fetchActor` makes one: what
 * has this type has been checked.
 */
export interface ConfirmedActor {
  readonly confirmed: true
  draft: ActorDraft
  username: string
  domain: string
  keys: readonly { uri: string; publicKey: string }[]
}

/**
 * Fetches the actor an id names and confirms its handle in both directions: the actor (or the host of its id) claims
 * the handle, and WebFinger of the handle's own domain names the actor.
 *
 * @returns null when there is no such actor, its server is blocked, or the two do not agree
 * @throws RemoteServerError a server did not answer
 */
export async function fetchActor(
  ctx: Ctx,
  uri: string,
  options: ResolveOptions = {},
): Promise<ConfirmedActor | null> {
  const host = URL.parse(uri)?.host
  if (!host || (await isDomainBlocked(ctx, host)) || !spend(options.budget)) return null
  const document = await fetchObject(ctx, uri, { signAs: options.signAs, ...timeLeft(options) })
  return document === null ? null : confirmActor(ctx, document, options)
}

/** Confirms an actor whose document was fetched from its own address. */
async function confirmActor(
  ctx: Ctx,
  document: Document,
  options: ResolveOptions,
): Promise<ConfirmedActor | null> {
  const draft = parseActor(document)
  if (!draft) return null
  const handle = await confirmedHandle(ctx, draft, options)
  if (!handle) return null
  return { confirmed: true, draft, ...handle, keys: await keysWithPem(ctx, draft, options) }
}

async function confirmedHandle(
  ctx: Ctx,
  draft: ActorDraft,
  options: ResolveOptions,
): Promise<{ username: string; domain: string } | null> {
  const claimed = draft.webfinger === null ? null : parseHandle(draft.webfinger)
  const username = claimed?.username ?? draft.username
  const domain = claimed?.domain ?? domainOfUri(draft.uri)
  if (domain === null) return null
  const first = await askFor(ctx, username, domain, options)
  const named = first && parseHandle(first.subject)
  if (!named || named.domain === null) return null
  if (isSameHandle(named, { username, domain }))
    return first.self === draft.uri ? { username: named.username, domain } : null
  // The domain of the id says that the handle is another one, whose domain must say the same.
  const second = await askFor(ctx, named.username, named.domain, options)
  const again = second && parseHandle(second.subject)
  const isAgreed = again && isSameHandle(again, named) && second.self === draft.uri
  return isAgreed ? { username: again.username, domain: named.domain } : null
}

function isSameHandle(one: ParsedHandle, other: ParsedHandle): boolean {
  return one.username.toLowerCase() === other.username.toLowerCase() && one.domain === other.domain
}

async function askFor(
  ctx: Ctx,
  username: string,
  domain: string,
  options: ResolveOptions,
): Promise<WebFingerAnswer | null> {
  if (ctx.config.ownHosts.has(domain) || (await isDomainBlocked(ctx, domain))) return null
  if (!spend(options.budget) || (await isFlood(ctx, domain))) return null
  const answer = await webFinger(ctx, username, domain, timeLeft(options))
  return answer === 'gone' ? null : answer
}

/** The keys of an actor, those fetched that its document only names. */
async function keysWithPem(
  ctx: Ctx,
  draft: ActorDraft,
  options: ResolveOptions,
): Promise<{ uri: string; publicKey: string }[]> {
  const keys: { uri: string; publicKey: string }[] = []
  let fetches = 0
  for (const key of draft.keys) {
    if (key.publicKeyPem !== null) keys.push({ uri: key.uri, publicKey: key.publicKeyPem })
    else if (fetches++ < MAX_KEYS_FETCHED && spend(options.budget)) {
      const pem = await fetchKey(ctx, key.uri, draft.uri, options)
      if (pem !== null) keys.push({ uri: key.uri, publicKey: pem })
    }
  }
  return keys
}

async function fetchKey(
  ctx: Ctx,
  uri: string,
  actorUri: string,
  options: ResolveOptions,
): Promise<string | null> {
  const fetched = await fetchDocument(ctx, uri, { signAs: options.signAs, ...timeLeft(options) })
  if (fetched === 'gone' || URL.parse(uri)?.origin !== fetched.url.origin) return null
  const { document } = fetched
  const key = parseKeyDocument(document)
  if (key?.uri === uri && key.owner === actorUri) return stringOf(document.publicKeyPem)
  return keysOf(document, actorUri).find((candidate) => candidate.uri === uri)?.publicKeyPem ?? null
}
