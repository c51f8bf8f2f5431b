import { type AccountRow, isId } from '@anancus/db'
import { accountsByAddresses } from '@anancus/db/queries/remote-statuses'
import type { NoteDraft } from '../../activitypub/parse/note.ts'
import { PUBLIC_SPELLINGS } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { actorUri } from '../../kernel/uris.ts'
import { isOwnUri, type ResolveOptions, resolveAccountByUri } from '../accounts/index.ts'

/** Unknown accounts that one status may make us ask for. */
const MAX_ASKED = 20
const ASKING_MS = 20_000

/** Whom a remote status reaches, as far as we know them. */
export interface Addressed {
  /** Named by a tag and addressed: told about it. */
  mentioned: AccountRow[]
  /** Addressed without being named, or named without being addressed: may read it, is not told. */
  silent: AccountRow[]
  /** Named, and their servers did not answer. */
  unanswered: string[]
}

/**
 * Finds the accounts a status names and addresses. Those it names and we do not know are asked for at their servers,
 * within limits; one that cannot be reached is left out, and told apart.
 */
export async function findAddressed(ctx: Ctx, draft: NoteDraft, options: ResolveOptions): Promise<Addressed> {
  const audience = [...draft.to, ...draft.cc].filter((uri) => !PUBLIC_SPELLINGS.has(uri))
  const known = await accountsAmong(ctx, [...new Set([...draft.mentions, ...audience])])
  const unanswered = await askForUnknown(ctx, draft.mentions, known, options)
  const addressed = new Set(audience)
  const mentioned = new Map<string, AccountRow>()
  const silent = new Map<string, AccountRow>()
  for (const uri of draft.mentions) {
    const account = known.get(uri)
    // A local account that is named but not addressed is not told: the sender did not mean it to be.
    if (!account) continue
    if (account.domain === null && !addressed.has(uri)) silent.set(account.id, account)
    else mentioned.set(account.id, account)
  }
  for (const uri of audience) {
    const account = known.get(uri)
    if (account && !mentioned.has(account.id)) silent.set(account.id, account)
  }
  return { mentioned: [...mentioned.values()], silent: [...silent.values()], unanswered }
}

/** The accounts we know, by the address that names them; of ours by whichever spelling was used. One statement. */
export async function accountsAmong(ctx: Ctx, uris: readonly string[]): Promise<Map<string, AccountRow>> {
  const local = uris.filter((uri) => isOwnUri(ctx, uri)).map((uri) => ({ uri, ...localNameIn(uri) }))
  const rows = await accountsByAddresses(ctx.db, {
    uris: uris.filter((uri) => !isOwnUri(ctx, uri)),
    localIds: local.flatMap(({ id }) => id ?? []),
    localNames: local.flatMap(({ name }) => name ?? []),
  })
  const found = new Map(rows.map((row) => [actorUri(ctx.config, row), row]))
  for (const { uri, id, name } of local) {
    const account = rows.find(
      (row) => row.domain === null && (row.id === id || row.username.toLowerCase() === name),
    )
    if (account) found.set(uri, account)
  }
  return found
}

function localNameIn(uri: string): { id?: string; name?: string } {
  const { pathname = '' } = URL.parse(uri) ?? {}
  const id = /^\/ap\/users\/(-?\d+)$/.exec(pathname)?.[1]
  if (id !== undefined) return isId(id) ? { id } : {}
  const name = /^\/(?:users\/|@)([a-zA-Z0-9_.-]+)$/.exec(pathname)?.[1]
  return name === undefined ? {} : { name: name.toLowerCase() }
}

async function askForUnknown(
  ctx: Ctx,
  uris: readonly string[],
  known: Map<string, AccountRow>,
  options: ResolveOptions,
): Promise<string[]> {
  const unanswered: string[] = []
  const unknown = uris.filter((uri) => !known.has(uri) && !isOwnUri(ctx, uri)).slice(0, MAX_ASKED)
  const deadlineAt = Math.min(options.deadlineAt ?? Number.POSITIVE_INFINITY, Date.now() + ASKING_MS)
  for (const uri of unknown) {
    try {
      const account = await resolveAccountByUri(ctx, uri, { budget: options.budget, deadlineAt })
      if (account) known.set(uri, account)
    } catch (error) {
      if (!(error instanceof RemoteServerError)) throw error
      ctx.log.info({ error, uri }, 'a mentioned account could not be found')
      if (error.retryable) unanswered.push(uri)
    }
  }
  return unanswered
}
