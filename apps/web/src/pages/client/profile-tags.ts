import type { Account } from '@anancus/core/entities/types'
import type { Config } from '@anancus/core/kernel/config'
import { type Html, html } from '@anancus/core/kernel/text/html'
import { plainText } from '@anancus/core/kernel/text/plain-text'
import { accountUrl, actorUri } from '@anancus/core/kernel/uris'
import type { AccountRow } from '@anancus/db'
import { ACTIVITY_TYPE, alternate, avatarTags, metaTags, shorten } from './meta-tags.ts'

const DESCRIPTION_LENGTH = 500

/** "Alice (@alice@social.example)" */
export function titleOfProfile({ localDomain }: Pick<Config, 'localDomain'>, shown: Account): string {
  return `${nameOf(shown)} (@${shown.username}@${localDomain})`
}

export function nameOf(shown: Account): string {
  return shown.display_name.trim() || shown.username
}

/** What the page of a local profile says of it: to those who show links, and to those who look for the document. */
export function profileTags(config: Config, account: AccountRow, shown: Account): Html[] {
  const description = shorten(`${countsOf(shown)} · ${plainText(shown.note)}`, DESCRIPTION_LENGTH)
  return [
    alternate(ACTIVITY_TYPE, actorUri(config, account)),
    ...shown.fields.flatMap(({ value }) => relMe(value)),
    ...metaTags({
      description,
      'og:site_name': config.localDomain,
      'og:type': 'profile',
      'og:url': accountUrl(config, account),
      'og:title': titleOfProfile(config, shown),
      'og:description': description,
      'twitter:card': 'summary',
      'profile:username': `${shown.username}@${config.localDomain}`,
    }),
    ...avatarTags(shown),
  ]
}

const counter = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

function countsOf({
  statuses_count: posts,
  following_count: following,
  followers_count: followers,
}: Account): string {
  return [
    `${counter.format(posts)} ${posts === 1 ? 'Post' : 'Posts'}`,
    `${counter.format(following)} Following`,
    `${counter.format(followers)} ${followers === 1 ? 'Follower' : 'Followers'}`,
  ].join(', ')
}

/** Says that the linked page is the same person's, when all of a field is one address: verification reads it. */
function relMe(value: string): Html[] {
  const address = plainText(value)
  const url = /^https?:\/\/\S+$/.test(address) ? URL.parse(address) : null
  return url ? [html`<link rel="me" type="text/html" href="${url.href}">\n`] : []
}
