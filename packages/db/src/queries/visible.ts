/**
 * SQL saying that somebody may see a status: the same rule as `policies/status.ts`, for lists whose pages must stay
 * full. Assumes the row is not deleted. A test holds the two against each other.
 *
 * @param status alias of `statuses`
 * @param viewer placeholder of the viewer's account id, for example `$4`
 */
export function visibleTo(status: string, viewer: string): string {
  const mentioned = `exists (select from mentions where status_id = ${status}.id and account_id = ${viewer})`
  return `not exists (select from accounts where id = ${status}.account_id and suspended_at is not null)
    and (${status}.account_id = ${viewer}
      or (${status}.visibility < 2 and not (${blockedBy(status, viewer)}))
      or (${status}.visibility = 2 and exists (
        select from follows where account_id = ${viewer} and target_account_id = ${status}.account_id))
      or (${status}.visibility >= 2 and ${mentioned}))`
}

/**
 * SQL saying that somebody who is not signed in may see a status that is public or unlisted: its author's server may keep
 * it from them.
 *
 * @param status alias of `statuses`
 */
export function openToVisitors(status: string): string {
  return `not exists (select from accounts_hidden_from_visitors hidden where hidden.account_id = ${status}.account_id
    and case ${status}.visibility when 0 then hidden.hides_public else hidden.hides_unlisted end)`
}

function blockedBy(status: string, viewer: string): string {
  return `exists (select from blocks where account_id = ${status}.account_id and target_account_id = ${viewer})
        or exists (select from account_domain_blocks hidden join accounts seer on seer.domain = hidden.domain
          where hidden.account_id = ${status}.account_id and seer.id = ${viewer})`
}
