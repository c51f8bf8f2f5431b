import { type AccountRow, INSTANCE_ACTOR_ID } from '@anancus/db'
import { handleDomain } from '../../../activitypub/parse/handle.ts'
import type { Document } from '../../../activitypub/vocabulary.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { BadRequestError, NotFoundError } from '../../../kernel/errors.ts'
import { profileImageKey } from '../../../kernel/storage/keys.ts'
import { accountUrl, actorUri, fullAcct } from '../../../kernel/uris.ts'
import { type ActorAddress, findLocalActor, isInstanceActor } from './local-actor.ts'

/**
 * Answers WebFinger about one of ours, whichever way it is named: a handle in any of our domains, an address of the
 * account, or this server itself.
 *
 * @throws BadRequestError no resource; NotFoundError GoneError as `findLocalActor`
 * @see https://docs.joinmastodon.org/spec/webfinger/
 */
export async function readWebFinger(ctx: Ctx, resource: string | undefined): Promise<Document> {
  if (!resource) throw new BadRequestError('The resource is missing')
  const account = await findLocalActor(ctx, addressOf(ctx, resource.trim()))
  return webFingerJson(ctx, account)
}

function addressOf(ctx: Ctx, resource: string): ActorAddress {
  const bare = resource
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase()
  if (ctx.config.ownHosts.has(bare)) return { id: INSTANCE_ACTOR_ID }
  return /^https?:/i.test(resource) ? addressOfUrl(ctx, resource) : addressOfHandle(ctx, resource)
}

function addressOfUrl(ctx: Ctx, resource: string): ActorAddress {
  const url = URL.parse(resource)
  if (!url) throw new BadRequestError('The resource is not an address')
  if (!ctx.config.ownHosts.has(url.host)) throw new NotFoundError()
  if (url.pathname === '/actor') return { id: INSTANCE_ACTOR_ID }
  const [, name, id, handle] =
    /^\/(?:users\/([\w.-]+)|ap\/users\/(-?\d+)|@([\w.-]+))$/.exec(url.pathname) ?? []
  if (id !== undefined) return { id }
  const username = name ?? handle
  if (username === undefined) throw new NotFoundError()
  return { name: username }
}

function addressOfHandle(ctx: Ctx, resource: string): ActorAddress {
  const [name = '', rawDomain, ...rest] = resource
    .replace(/^acct:/i, '')
    .replace(/^@/, '')
    .split('@')
  if (name === '' || rawDomain === undefined || rest.length > 0)
    throw new BadRequestError('The resource is neither a handle nor an address')
  const domain = handleDomain(rawDomain)
  if (domain === null || !ctx.config.ownHosts.has(domain)) throw new NotFoundError()
  return ctx.config.ownHosts.has(name.toLowerCase()) ? { id: INSTANCE_ACTOR_ID } : { name }
}

function webFingerJson(ctx: Ctx, account: AccountRow): Document {
  const actor = actorUri(ctx.config, account)
  const page = accountUrl(ctx.config, account)
  const self = { rel: 'self', type: 'application/activity+json', href: actor }
  const profile = { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: page }
  if (isInstanceActor(account)) {
    const { localDomain } = ctx.config
    return { subject: `acct:${localDomain}@${localDomain}`, aliases: [actor], links: [profile, self] }
  }
  const { baseUrl } = ctx.config
  return {
    subject: `acct:${fullAcct(ctx.config, account)}`,
    aliases: [page, actor],
    links: [
      profile,
      self,
      {
        rel: 'http://ostatus.org/schema/1.0/subscribe',
        template: `${baseUrl}/authorize_interaction?uri={uri}`,
      },
      { rel: 'https://w3id.org/fep/3b86/Create', template: `${baseUrl}/share?text={content}` },
      {
        rel: 'https://w3id.org/fep/3b86/Object',
        template: `${baseUrl}/authorize_interaction?uri={object}`,
      },
      ...avatarLink(ctx, account),
    ],
  }
}

/** Not told where a profile is not anybody's to see. */
function avatarLink(ctx: Ctx, account: AccountRow): Document[] {
  const { LIMITED_FEDERATION_MODE, DISALLOW_UNAUTHENTICATED_API_ACCESS } = ctx.config.env
  const key = profileImageKey(account, 'avatar', 'original')
  if (key === null || LIMITED_FEDERATION_MODE || DISALLOW_UNAUTHENTICATED_API_ACCESS) return []
  return [
    {
      rel: 'http://webfinger.net/rel/avatar',
      type: account.avatar_content_type ?? 'image/png',
      href: ctx.storage.url(key),
    },
  ]
}
