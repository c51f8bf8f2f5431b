import { resolveAccountByUri } from '@anancus/core/domain/accounts'
import { type Outcome, processActivity } from '@anancus/core/domain/inbox'
import {
  fetchProfileImagesJob,
  processActivityJob,
  refreshAccountJob,
  resolveMentionJob,
} from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import {
  activity,
  type Remote,
  type RemoteActor,
  type Remotes,
  reply,
  signDelivery,
} from '@anancus/core/testing/remote'
import type { AccountRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { TEST_KEYS } from '@anancus/db/testing/test-keys'
import { sendSigned } from './send-signed.ts'

/** A document as some software sends it. */
export interface CorpusFile {
  /** `lemmy/create-page` */
  name: string
  document: Json
}

export type Json = Record<string, unknown>

/** What became of a document. */
export interface Fate {
  name: string
  /** `Create(Note)` */
  kind: string
  /** How it was brought in. */
  how: 'sent' | 'sent in a Create' | 'fetched'
  /** What the door answered; 0 when it was fetched. */
  status: number
  /** `processed`, or why not. */
  outcome: string
  /** `+1 statuses, +1 mentions` */
  effect: string
}

const ACTORS = new Set(['Person', 'Group', 'Service', 'Application', 'Organization'])
const STATUSES = new Set([
  'Note',
  'Question',
  'Article',
  'Page',
  'Video',
  'Audio',
  'Image',
  'Event',
  'ChatMessage',
])
/** What fixtures name of ours: alice's only status, and her Follow of whoever answers. */
export const ALICES_STATUS = 'https://social.test/users/alice/statuses/1'
export const ALICES_FOLLOW = 'https://social.test/follows/1'

const WATCHED = [
  'statuses',
  'mentions',
  'media_attachments',
  'follows',
  'follow_requests',
  'favourites',
  'blocks',
  'polls',
  'notifications',
]

/** Members that name who speaks, or what of. */
const SPEAKING = new Set(['id', 'actor', 'attributedTo', 'owner', 'object', 'inReplyTo'])

/** The hosts that documents speak for: those of ids, actors and authors. */
export function hostsIn(files: readonly CorpusFile[]): string[] {
  const hosts = new Set<string>()
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && key === 'webfinger' && value.includes('@'))
      hosts.add(value.split('@').at(-1) as string)
    else if (typeof value === 'string' && SPEAKING.has(key)) {
      const host = URL.parse(value)?.host
      if (host && host !== 'social.test' && /^https?:/.test(value)) hosts.add(host)
    } else if (Array.isArray(value)) for (const item of value) visit(item, key)
    else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(value)) visit(member, name)
  }
  for (const file of files) visit(file.document, '')
  return [...hosts].sort()
}

export const nameOf = (host: string): string => host.replace(/[^a-z0-9]/gi, '-')

/** The documents with their hosts replaced by those of fake remotes. */
export function moved(
  files: readonly CorpusFile[],
  hosts: readonly string[],
  remotes: Remotes,
): CorpusFile[] {
  return files.map(({ name, document }) => {
    let text = JSON.stringify(document)
    for (const host of hosts) {
      const { origin, host: there } = remotes.host(nameOf(host))
      text = text.replaceAll(new RegExp(`@${host.replaceAll('.', '\\.')}(?=")`, 'g'), `@${there}`)
      text = text.replaceAll(new RegExp(`https?://${host.replaceAll('.', '\\.')}(?=[/"#?])`, 'g'), origin)
    }
    return { name, document: JSON.parse(text) as Json }
  })
}

/** A remote that serves the documents of a corpus and sends them, one at a time. */
export class CorpusPeer {
  readonly #ctx: Ctx
  readonly #web: string
  readonly #hosts: Map<string, Remote>

  constructor(ctx: Ctx, web: string, remotes: Remotes, hosts: readonly string[]) {
    this.#ctx = ctx
    this.#web = web
    this.#hosts = new Map(hosts.map((host) => [remotes.host(nameOf(host)).host, remotes.host(nameOf(host))]))
  }

  /** Serves every document under its id: first what is embedded in others, so that what stands alone wins. */
  serve(files: readonly CorpusFile[]): void {
    for (const { document } of files) this.#serveEmbedded(document, files)
    for (const { document } of files) this.#serveOne(document, files)
  }

  #serveEmbedded(document: Json, files: readonly CorpusFile[]): void {
    const { object } = document
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return
    this.#serveOne(object as Json, files)
    this.#serveEmbedded(object as Json, files)
  }

  #serveOne(document: Json, files: readonly CorpusFile[]): void {
    const url = typeof document.id === 'string' ? URL.parse(document.id) : null
    const remote = url && this.#hosts.get(url.host)
    if (!remote || !url || url.hash !== '' || ACTORS.has(String(document.type))) return
    remote.serve(url.pathname + url.search, withContext(document))
    if (STATUSES.has(String(document.type))) this.#actor(actorOf(document, true), files)
  }

  /** Brings a document in the way its kind comes, and tells what became of it. */
  async bring(file: CorpusFile, aliceId: string, files: readonly CorpusFile[]): Promise<Fate> {
    const { document } = file
    const type = String(document.type)
    const fate = { name: file.name, kind: kindOf(document) }
    if (ACTORS.has(type))
      return { ...fate, how: 'fetched', status: 0, ...(await this.#fetch(document, files)) }
    const isObject = STATUSES.has(type)
    const actorUri = actorOf(document, isObject)
    const actor = this.#actor(actorUri, files)
    await this.#follow(actor, aliceId)
    await this.#prepare(actor, document, aliceId)
    const body = isObject
      ? activity(actor, 'Create', document, { to: document.to, cc: document.cc })
      : withContext(document)
    const how = isObject ? 'sent in a Create' : 'sent'
    return { ...fate, how, ...(await this.#send(actor, body)) }
  }

  /** Sees to what the activity presumes: the status that is edited, deleted or undone, the request that is answered. */
  async #prepare(actor: RemoteActor, document: Json, aliceId: string): Promise<void> {
    const make = factories(this.#ctx.db)
    const account = await this.#ctx.db<AccountRow>('accounts').where({ uri: actor.uri }).first()
    const object = document.object as Json | string | undefined
    const id = typeof object === 'string' ? object : (object?.id as string | undefined)
    if (!account || id === undefined) return
    const isStatus = id !== actor.uri && !(typeof object === 'object' && ACTORS.has(String(object.type)))
    if (
      (document.type === 'Delete' || document.type === 'Update') &&
      isStatus &&
      id.startsWith(new URL(actor.uri).origin)
    )
      await make.status({ account, uri: id, text: 'As it was', created_at: new Date('2026-01-01') })
    if (document.type === 'Undo' && typeof object === 'object') await this.#send(actor, withContext(object))
    if (document.type !== 'Accept') return
    await this.#ctx.db('follows').where({ account_id: aliceId }).delete()
    const alice = await this.#ctx.db<AccountRow>('accounts').where({ id: aliceId }).first()
    if (alice) await make.followRequest({ account: alice, target: account, uri: ALICES_FOLLOW })
  }

  async #fetch(document: Json, files: readonly CorpusFile[]) {
    const actor = this.#actor(String(document.id), files)
    const account = await resolveAccountByUri(this.#ctx, actor.uri).catch((error) =>
      String(error.reason ?? error),
    )
    if (account === null) return { outcome: 'not an account we could know', effect: '' }
    if (typeof account === 'string') return { outcome: account, effect: '' }
    return { outcome: 'stored', effect: `@${account.username}, ${account.actor_type}` }
  }

  async #send(actor: RemoteActor, body: unknown) {
    const before = await this.#counts()
    const outcomes: string[] = []
    registerHandlers({
      ...allHandlers,
      [processActivityJob.name]: async (ctx: Ctx, payload: never) => {
        outcomes.push(wordsOf(await processActivity(ctx, payload)))
      },
    })
    const signed = signDelivery(actor, body, { host: this.#ctx.config.webDomain })
    const { status } = await sendSigned(this.#web, signed)
    await this.#drain(outcomes)
    const after = await this.#counts()
    const effect = WATCHED.flatMap((table, index) => {
      const change = (after[index] ?? 0) - (before[index] ?? 0)
      return change === 0 ? [] : [`${change > 0 ? '+' : '−'}${Math.abs(change)} ${table}`]
    })
    return { status, outcome: outcomes.join('; ') || 'taken, nothing to do', effect: effect.join(', ') }
  }

  /** A server that does not answer is a fate as well; the job would be tried again. */
  async #drain(outcomes: string[]): Promise<void> {
    for (;;) {
      try {
        // Who is named and is not there is asked for again later, which changes nothing here.
        await drainQueues(this.#ctx, { ignore: [resolveMentionJob.name] })
        return
      } catch (error) {
        const { name, reason } = error as { name: string; reason?: string }
        if (name !== 'RemoteServerError') throw error
        outcomes.push(`another server: ${reason}`)
      }
    }
  }

  async #counts(): Promise<number[]> {
    const { db } = this.#ctx
    return Promise.all(
      WATCHED.map(async (table) => {
        const rows = table === 'statuses' ? db(table).where({ deleted_at: null }) : db(table)
        return Number((await rows.count())[0]?.count)
      }),
    )
  }

  async #follow(actor: RemoteActor, aliceId: string): Promise<void> {
    const target = await resolveAccountByUri(this.#ctx, actor.uri).catch(() => null)
    if (!target) return
    const account = await this.#ctx.db<AccountRow>('accounts').where({ id: aliceId }).first()
    if (!account) throw new Error('Alice is not there.')
    await factories(this.#ctx.db).follow({ account, target })
    await drainQueues(this.#ctx, { ignore: [refreshAccountJob.name, fetchProfileImagesJob.name] })
  }

  /** The actor behind an id, with a key we can sign with: from the corpus, or made up. */
  #actor(uri: string, files: readonly CorpusFile[]): RemoteActor {
    const url = new URL(uri)
    const remote = this.#hosts.get(url.host)
    const keys = TEST_KEYS[0]
    if (!remote || !keys) throw new Error(`No remote speaks for ${uri}.`)
    const known = files.find((file) => file.document.id === uri && ACTORS.has(String(file.document.type)))
    const username = String(
      known?.document.preferredUsername ?? (url.pathname.split('/').filter(Boolean).at(-1) || 'actor'),
    )
    const name = username.replace(/[^a-z0-9_.-]/gi, '') || 'actor'
    const keyId =
      ((known?.document.publicKey as Json | undefined)?.id as string | undefined) ?? `${uri}#main-key`
    const publicKey = { id: keyId, owner: uri, publicKeyPem: keys.publicKey }
    const document = withContext({
      id: uri,
      type: 'Person',
      preferredUsername: name,
      inbox: `${uri}/inbox`,
      ...known?.document,
      publicKey,
    })
    remote.serve(url.pathname + url.search, document)
    const inbox = URL.parse(String(document.inbox))
    if (inbox?.host === remote.host) remote.serve(inbox.pathname, reply({ status: 202, body: '' }))
    remote.webfinger(`${document.preferredUsername}@${remote.host}`, uri)
    const handle = `${name}@${remote.host}`
    return {
      uri,
      keyId,
      inbox: String(document.inbox),
      followers: `${uri}/followers`,
      handle,
      privateKey: keys.privateKey,
      document,
    }
  }
}

/** Documents recorded inside other documents have no context of their own; on the wire everything has. */
function withContext(document: Json): Json {
  return '@context' in document
    ? document
    : { '@context': 'https://www.w3.org/ns/activitystreams', ...document }
}

function kindOf(document: Json): string {
  const type = Array.isArray(document.type) ? document.type.join('+') : String(document.type)
  const object = document.object as Json | undefined
  return typeof object === 'object' && object !== null && 'type' in object
    ? `${type}(${kindOf(object)})`
    : type
}

/** Who sends it: the actor of an activity, the author of an object. */
function actorOf(document: Json, isObject: boolean): string {
  const { actor, attributedTo, id } = document
  const candidates = (isObject ? [attributedTo, actor, id] : [actor, attributedTo, id]).flat()
  const first = candidates.find((value) => value !== undefined && value !== null)
  return typeof first === 'object' ? String((first as Json).id) : String(first)
}

function wordsOf(outcome: Outcome): string {
  return outcome.kind === 'processed' ? 'processed' : `${outcome.kind}: ${outcome.reason}`
}
