import {
  accountEmojiText,
  accountIn,
  type Graph,
  profileFields,
  type ShownAccount,
  shownSettings,
} from '../../graph/index.ts'
import { featureApproval } from '../../policies/feature.ts'
import { acct, accountUrl, actorUri, isLocal } from '../../kernel/uris.ts'
import type { Account, AccountRole, Field } from '../types/index.ts'
import { biographyHtml, fieldHtml } from './biography.ts'
import { emojisOf } from './custom-emoji.ts'
import { toDay, toMidnight, toOffsetIso } from './dates.ts'
import { defaultImages, profileImages } from './profile-images.ts'

const BOT_TYPES = new Set(['Application', 'Service'])

const rendered = new WeakMap<Graph, Map<string, Account>>()

/**
 * An account as the viewer sees it. Rendered once an answer, however often it is shown: treat it as frozen.
 *
 * @see https://docs.joinmastodon.org/entities/Account/
 */
export function accountJson(graph: Graph, id: string): Account {
  let known = rendered.get(graph)
  if (!known) rendered.set(graph, (known = new Map()))
  let account = known.get(id)
  if (!account) known.set(id, (account = movableAccountJson(graph, id)))
  return account
}

function movableAccountJson(graph: Graph, id: string): Account {
  const account = accountIn(graph, id)
  const movedTo = account.moved_to_account_id
  if (movedTo === null || !graph.accounts.get(movedTo)) return unmovedAccountJson(graph, id)
  const moved = account.suspended_at === null ? unmovedAccountJson(graph, movedTo) : null
  return { ...unmovedAccountJson(graph, id), moved }
}

function unmovedAccountJson(graph: Graph, id: string): Account {
  const account = accountIn(graph, id)
  const isSuspended = account.suspended_at !== null
  return {
    ...identity(graph, account),
    ...counters(graph, id),
    ...(isSuspended ? nothingToShow(graph) : presentation(graph, account)),
    ...flags(account),
    ...(isLocal(account) ? localPart(graph, account) : {}),
    ...(graph.mailOffers ? { email_subscriptions: graph.mailOffers.has(id) } : {}),
  }
}

function identity(graph: Graph, account: ShownAccount) {
  return {
    id: account.id,
    username: account.username,
    acct: acct(account),
    created_at: toMidnight(account.created_at),
    url: accountUrl(graph.uris, account),
    uri: actorUri(graph.uris, account),
    group: account.actor_type === 'Group',
    hide_collections: account.hide_collections,
    show_media: account.show_media,
    show_media_replies: account.show_media_replies,
    show_featured: account.show_featured,
    avatar_description: account.avatar_description,
    header_description: account.header_description,
    feature_approval: featureApproval(
      graph.viewer?.account.id ?? null,
      account,
      graph.relations.get(account.id),
    ),
  }
}

function counters(graph: Graph, id: string) {
  const counts = graph.accountCounts.get(id)
  return {
    followers_count: Number(counts?.followers_count ?? 0),
    following_count: Number(counts?.following_count ?? 0),
    statuses_count: Number(counts?.statuses_count ?? 0),
    last_status_at: toDay(counts?.last_status_at ?? null),
  }
}

function presentation(graph: Graph, account: ShownAccount) {
  return {
    display_name: account.display_name,
    locked: account.locked,
    bot: BOT_TYPES.has(account.actor_type ?? ''),
    discoverable: account.discoverable,
    indexable: account.indexable,
    note: biographyHtml(graph, account),
    ...profileImages(graph, account),
    emojis: emojisOf(graph, accountEmojiText(account), account.domain),
    fields: profileFields(account).map(
      (field, index): Field => ({
        name: field.name,
        value: fieldHtml(graph, account, field, index),
        verified_at: toOffsetIso(field.verifiedAt),
      }),
    ),
  }
}

/** A suspended account keeps its name and its counters; nothing it wrote is shown. */
function nothingToShow(graph: Graph) {
  return {
    display_name: '',
    locked: false,
    bot: false,
    discoverable: false,
    indexable: false,
    note: '',
    ...defaultImages(graph),
    emojis: [],
    fields: [],
  }
}

function flags(account: ShownAccount): Pick<Account, 'suspended' | 'limited' | 'memorial'> {
  return {
    ...(account.suspended_at === null ? {} : { suspended: true as const }),
    ...(account.silenced_at === null ? {} : { limited: true as const }),
    ...(account.memorial ? { memorial: true as const } : {}),
  }
}

function localPart(graph: Graph, account: ShownAccount): { noindex: boolean; roles: AccountRole[] } {
  const role = graph.roles.get(account.id)
  const isShown = role?.highlighted && account.suspended_at === null
  return {
    noindex: shownSettings(graph.users.get(account.id)?.settings ?? null).noindex,
    roles: isShown ? [{ id: role.id, name: role.name, color: role.color }] : [],
  }
}
