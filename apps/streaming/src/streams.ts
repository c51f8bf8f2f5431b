import { allowsAny } from '@anancus/core/domain/oauth'
import { ownsList } from '@anancus/core/domain/timelines'
import type { Ctx } from '@anancus/core/kernel/context'
import { normalizeTagName } from '@anancus/core/kernel/text/tag-name'
import {
  directChannel,
  hashtagChannel,
  homeChannel,
  listChannel,
  notificationChannel,
  publicChannel,
} from '@anancus/core/streaming'
import { type Identity, StreamError } from './identity.ts'

export interface StreamParams {
  list?: string | undefined
  tag?: string | undefined
}

/** A stream somebody may listen to. */
export interface OpenStream {
  /** As named by the client, for metrics. */
  name: string
  /** As clients are told with each event: `["public"]`, `["hashtag", "cats"]`. */
  label: readonly string[]
  channels: readonly string[]
  /** Public: the same events for all, judged for each session. Null: made for the listener. */
  family: 'live' | 'topic' | null
}

type Opener = (ctx: Ctx, identity: Identity, params: StreamParams) => Promise<Omit<OpenStream, 'name'>>

const publicStream =
  (name: string, options: Parameters<typeof publicChannel>[0] = {}): Opener =>
  async () => ({ label: [name], channels: [publicChannel(options)], family: 'live' })

const hashtagStream =
  (name: string, options: { local?: boolean } = {}): Opener =>
  async (_ctx, _identity, { tag }) => {
    if (!tag) throw new StreamError(400, 'Missing tag name parameter')
    return {
      label: [name, tag],
      channels: [hashtagChannel(normalizeTagName(tag), options)],
      family: 'topic',
    }
  }

const OPENERS: Record<string, Opener> = {
  user: async (_ctx, { viewer, token }) => ({
    label: ['user'],
    channels: [
      homeChannel(viewer.account.id),
      // Home without the right to notifications is silently home alone.
      ...(allowsAny(token.scopes, ['read:notifications']) ? [notificationChannel(viewer.account.id)] : []),
    ],
    family: null,
  }),
  'user:notification': async (_ctx, { viewer }) => ({
    label: ['user:notification'],
    channels: [notificationChannel(viewer.account.id)],
    family: null,
  }),
  public: publicStream('public'),
  'public:media': publicStream('public:media', { media: true }),
  'public:local': publicStream('public:local', { origin: 'local' }),
  'public:local:media': publicStream('public:local:media', { origin: 'local', media: true }),
  'public:remote': publicStream('public:remote', { origin: 'remote' }),
  'public:remote:media': publicStream('public:remote:media', { origin: 'remote', media: true }),
  hashtag: hashtagStream('hashtag'),
  'hashtag:local': hashtagStream('hashtag:local', { local: true }),
  list: async (ctx, { viewer }, { list }) => {
    if (!list) throw new StreamError(400, 'Missing list name parameter')
    if (!(await ownsList(ctx, viewer, list))) throw new StreamError(401, 'Not authorized to stream this list')
    return { label: ['list', list], channels: [listChannel(list)], family: null }
  },
  direct: async (_ctx, { viewer }) => ({
    label: ['direct'],
    channels: [directChannel(viewer.account.id)],
    family: null,
  }),
}

export const STREAM_NAMES: readonly string[] = Object.keys(OPENERS)

/**
 * Opens a stream by name for the owner of a token, who must be allowed to read what it carries.
 *
 * @throws StreamError no scope, no such stream, a parameter missing, somebody else's list
 * @see https://docs.joinmastodon.org/methods/streaming/#streams
 */
export async function openStream(
  ctx: Ctx,
  identity: Identity,
  name: string,
  params: StreamParams,
): Promise<OpenStream> {
  const scope = name === 'user:notification' ? 'read:notifications' : 'read:statuses'
  if (!allowsAny(identity.token.scopes, [scope]))
    throw new StreamError(401, 'Access token does not have the required scopes')
  const opener = Object.hasOwn(OPENERS, name) ? OPENERS[name] : undefined
  if (!opener) throw new StreamError(400, 'Unknown stream type')
  return { name, ...(await opener(ctx, identity, params)) }
}

const PATHS: Record<string, string> = {
  '/user': 'user',
  '/user/notification': 'user:notification',
  '/public': 'public',
  '/public/local': 'public:local',
  '/public/remote': 'public:remote',
  '/hashtag': 'hashtag',
  '/hashtag/local': 'hashtag:local',
  '/list': 'list',
  '/direct': 'direct',
}
const FALSE_VALUES = new Set(['', '0', 'f', 'F', 'false', 'FALSE', 'off', 'OFF'])

/** The stream behind a path below `/api/v1/streaming`, or undefined. */
export function streamOfPath(path: string, query: URLSearchParams): string | undefined {
  const name = Object.hasOwn(PATHS, path) ? PATHS[path] : undefined
  const onlyMedia = query.get('only_media')
  const hasMedia = onlyMedia !== null && !FALSE_VALUES.has(onlyMedia)
  return name?.startsWith('public') && hasMedia ? `${name}:media` : name
}
