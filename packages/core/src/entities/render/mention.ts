import type { Graph, MentionedAccount } from '../../graph/index.ts'
import { acct, accountUrl } from '../../kernel/uris.ts'
import type { StatusMention } from '../types/index.ts'

/** @see https://docs.joinmastodon.org/entities/Status/#Mention */
export function mentionJson(
  graph: Pick<Graph, 'uris'>,
  account: Omit<MentionedAccount, 'group_followers_url' | 'silent' | 'status_id'>,
): StatusMention {
  return {
    id: account.id,
    username: account.username,
    url: accountUrl(graph.uris, account),
    acct: acct(account),
  }
}
