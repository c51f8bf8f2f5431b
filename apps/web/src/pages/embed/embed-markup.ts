import type { CustomEmoji, MediaAttachment, Poll, PreviewCard, Status } from '@anancus/core/entities/types'
import type { Config } from '@anancus/core/kernel/config'
import { escapeHtml, type Html, html, raw } from '@anancus/core/kernel/text/html'
import { replaceShortcodes } from '@anancus/core/kernel/text/shortcodes'

/** A post as a whole small page: nothing in it stands inline, and every link opens a page of its own. */
export function embedMarkup(
  config: Pick<Config, 'localDomain'>,
  status: Status,
  files: { style: string; script: string },
): string {
  const { account } = status
  const name = account.display_name || account.username
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${name} (@${account.username}@${config.localDomain})</title>
<base target="_blank">
<link rel="stylesheet" href="${files.style}">
<script src="${files.script}" defer></script>
</head>
<body>
<article class="${quoted(status) ? 'with-quote' : ''}">
<header>
<a class="author" href="${account.url}" rel="noopener">
<img src="${account.avatar_static}" alt="" width="46" height="46">
<span><strong dir="auto">${withEmojis(escapeHtml(name), account.emojis)}</strong> <span class="handle">@${account.username}@${config.localDomain}</span></span>
</a>
<a class="brand" href="${status.url ?? ''}" rel="noopener" aria-label="View on ${config.localDomain}"><img src="/icons/icon.svg" alt="" width="32" height="32"></a>
</header>
${status.spoiler_text ? warned(status) : inside(status)}
${footer(config, status)}
</article>
</body>
</html>
`.markup
}

function warned(status: Status): Html {
  return html`<details><summary dir="auto">${withEmojis(escapeHtml(status.spoiler_text), status.emojis)}</summary>
${inside(status)}
</details>`
}

function inside(status: Status): Html {
  const { content = '', poll, media_attachments: media, card } = status
  return html`${content && html`<div class="words" dir="auto" lang="${status.language ?? ''}">${withEmojis(content, status.emojis)}</div>`}
${poll && pollHtml(poll)}
${media.length > 0 && gallery(media, status.sensitive)}
${quoted(status) && quoteHtml(quoted(status))}
${card && media.length === 0 && cardHtml(card)}`
}

/** What the post quotes, as far as visitors may see it. */
function quoted({ quote }: Status): Status | null {
  return quote && 'quoted_status' in quote && quote.state === 'accepted' ? quote.quoted_status : null
}

/** The quoted post in short: its warning stands for its text. */
function quoteHtml(status: Status | null): Html | null {
  if (!status) return null
  const { account, spoiler_text: warning, content = '' } = status
  const name = account.display_name || account.username
  return html`<blockquote class="quote">
<a href="${webUrl(status.url ?? '')}" rel="noopener"><strong dir="auto">${withEmojis(escapeHtml(name), account.emojis)}</strong> <span class="handle">@${account.acct}</span></a>
<div dir="auto" lang="${status.language ?? ''}">${withEmojis(warning ? escapeHtml(warning) : content, status.emojis)}</div>
</blockquote>`
}

/** The content was sanitised where it was rendered. */
function withEmojis(markup: string, emojis: readonly CustomEmoji[]): Html {
  const byName = new Map(emojis.map((emoji) => [emoji.shortcode, emoji]))
  return raw(
    replaceShortcodes(markup, (name) => {
      const emoji = byName.get(name)
      return (
        emoji &&
        html`<img class="emoji" src="${emoji.static_url}" alt=":${name}:" title=":${name}:" width="20" height="20">`
          .markup
      )
    }),
  )
}

function pollHtml(poll: Poll): Html {
  const total = poll.voters_count ?? poll.votes_count
  return html`<ul class="poll">
${poll.options.map(({ title, votes_count: votes }) => {
  const share = votes === null || total === 0 ? null : Math.round((100 * votes) / total)
  return html`<li><span dir="auto">${withEmojis(escapeHtml(title), poll.emojis)}</span>
${share !== null && html`<meter min="0" max="100" value="${share}"></meter> <span>${share}%</span>`}</li>
`
})}
</ul>`
}

/** What its author covered is shown only to those who ask. */
function gallery(media: readonly MediaAttachment[], isSensitive: boolean): Html {
  const tiles = html`<div class="media count-${media.length > 1 ? 'many' : 'one'}">${media.map(tile)}</div>`
  return isSensitive
    ? html`<details class="covered"><summary>Sensitive content</summary>${tiles}</details>`
    : tiles
}

function tile(media: MediaAttachment): Html | null {
  const { type, url, preview_url: still, description } = media
  if (url === null) return null
  const alt = description ?? ''
  if (type === 'video')
    return html`<video src="${url}" poster="${still ?? ''}" controls preload="none" aria-label="${alt}"></video>`
  if (type === 'gifv')
    return html`<video src="${url}" poster="${still ?? ''}" controls loop muted playsinline preload="none" aria-label="${alt}"></video>`
  if (type === 'audio') return html`<audio src="${url}" controls preload="none" aria-label="${alt}"></audio>`
  if (type === 'image')
    return html`<a href="${url}" rel="noopener"><img src="${still ?? url}" alt="${alt}" loading="lazy"></a>`
  return html`<a href="${url}" rel="nofollow noopener">${alt || 'Attached file'}</a>`
}

function cardHtml(card: PreviewCard): Html {
  return html`<a class="link" href="${webUrl(card.url)}" rel="nofollow noopener">
${card.image && html`<img src="${card.image}" alt="${card.image_description}" loading="lazy">`}
<span><span class="handle">${card.provider_name || hostOf(card.url)}</span> <strong dir="auto">${card.title}</strong></span>
</a>`
}

function footer(config: Pick<Config, 'localDomain'>, status: Status): Html {
  const counts = [
    [status.replies_count, 'replies'],
    [status.reblogs_count, 'boosts'],
    [status.favourites_count, 'favourites'],
  ] as const
  const date = new Date(status.created_at).toLocaleString('en', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return html`<footer>
<a href="${status.url ?? ''}" rel="noopener"><time datetime="${status.created_at}">${date} UTC</time></a>${status.edited_at && html` · edited`}
<ul class="counts">${counts.map(([count, noun]) => html`<li>${count} ${noun}</li>`)}</ul>
<a class="open" href="${status.url ?? ''}" rel="noopener">View on ${config.localDomain}</a>
</footer>`
}

function webUrl(text: string): string {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '') ? text : ''
}

function hostOf(text: string): string {
  return URL.parse(text)?.hostname ?? ''
}
