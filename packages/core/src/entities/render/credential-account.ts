import { type Credentials, type Graph, profileFields, shownSettings } from '../../graph/index.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { CredentialAccount } from '../types/index.ts'
import { accountJson } from './account.ts'
import { toOffsetIso } from './dates.ts'
import { roleJson } from './role.ts'

/** @see https://docs.joinmastodon.org/entities/Account/#CredentialAccount */
export function credentialAccountJson(
  graph: Graph,
  { account, user, role }: Viewer,
  credentials: Credentials,
): CredentialAccount {
  return {
    ...accountJson(graph, account.id),
    source: {
      ...sourceOfPreferences(user.settings, account.locked),
      ...sourceOfProfile(account),
      follow_requests_count: credentials.followRequests,
    },
    role: roleJson(role, { permissions: credentials.everyonePermissions }),
  }
}

function sourceOfPreferences(settings: string | null, isLocked: boolean) {
  const preferences = shownSettings(settings)
  return {
    privacy: preferences.defaultPrivacy ?? (isLocked ? ('private' as const) : ('public' as const)),
    sensitive: preferences.defaultSensitive,
    language: preferences.defaultLanguage,
    quote_policy: preferences.defaultQuotePolicy,
  }
}

/** The profile as it was typed. */
function sourceOfProfile(account: Viewer['account']) {
  return {
    note: account.note,
    fields: profileFields(account).map((field) => ({
      name: field.name,
      value: field.value,
      verified_at: toOffsetIso(field.verifiedAt),
    })),
    hide_collections: account.hide_collections,
    discoverable: account.discoverable,
    indexable: account.indexable,
    attribution_domains: account.attribution_domains ?? [],
  }
}
