import type { MediaAttachment, Status } from '@anancus/core/entities/types'
import type { Config } from '@anancus/core/kernel/config'
import type { Html } from '@anancus/core/kernel/text/html'
import { plainText } from '@anancus/core/kernel/text/plain-text'
import { ACTIVITY_TYPE, alternate, avatarTags, metaTags, shorten } from './meta-tags.ts'
import { nameOf } from './profile-tags.ts'

/** @see https://oembed.com/#section4 */
const OEMBED_TYPE = 'application/json+oembed'
const TITLE_LENGTH = 50
const DESCRIPTION_LENGTH = 500

/** `Alice: "The first words…"`; behind a content warning, the warning. */
export function titleOfStatus(status: Status): string {
  const words = shorten(status.spoiler_text || textOf(status), TITLE_LENGTH)
  const name = nameOf(status.account)
  return words === '' ? name : `${name}: "${words}"`
}

/** What the page of a local post says of it. Nothing that its author covered: no text behind a warning, no picture. */
export function statusTags(config: Config, uri: string, status: Status): Html[] {
  const acct = `${status.account.username}@${config.localDomain}`
  const description = shorten(describe(status), DESCRIPTION_LENGTH)
  const pictures =
    status.sensitive || status.spoiler_text !== '' ? [] : status.media_attachments.flatMap(pictureOf)
  return [
    alternate(ACTIVITY_TYPE, uri),
    alternate(
      OEMBED_TYPE,
      `${config.baseUrl}/api/oembed?${new URLSearchParams({ format: 'json', url: status.url ?? uri })}`,
    ),
    ...metaTags({
      description,
      'og:site_name': config.localDomain,
      'og:type': 'article',
      'og:title': `${nameOf(status.account)} (@${acct})`,
      'og:url': status.url,
      'og:published_time': status.created_at,
      'og:description': description,
      'og:locale': status.language,
      'profile:username': acct,
      'twitter:card': pictures.length > 0 ? 'summary_large_image' : 'summary',
    }),
    ...(pictures.length > 0 ? pictures.flatMap(metaTags) : avatarTags(status.account)),
  ]
}

function describe(status: Status): string {
  const attached = attachedOf(status.media_attachments)
  if (status.spoiler_text !== '')
    return [attached, `Content warning: ${status.spoiler_text}`].filter(Boolean).join(' · ')
  const options = status.poll?.options.map(({ title }) => `○ ${title}`) ?? []
  return [attached, textOf(status), ...options].filter(Boolean).join('\n')
}

function textOf(status: Status): string {
  return plainText(status.content ?? '')
}

const NOUNS = { image: 'image', gifv: 'video', video: 'video', audio: 'audio', unknown: 'file' } as const

/** "Attached: 2 images · 1 video" */
function attachedOf(media: readonly MediaAttachment[]): string {
  const counts = new Map<string, number>()
  for (const { type } of media) counts.set(NOUNS[type], (counts.get(NOUNS[type]) ?? 0) + 1)
  const parts = [...counts].map(
    ([noun, count]) => `${count} ${noun}${count > 1 && noun !== 'audio' ? 's' : ''}`,
  )
  return parts.length > 0 ? `Attached: ${parts.join(' · ')}` : ''
}

type Tags = Record<string, string | number | null | undefined>

/** A picture as it is, or the still of a film with the film. */
function pictureOf(media: MediaAttachment): Tags[] {
  const { original, small } = media.meta ?? {}
  const alt = { 'og:image:alt': media.description }
  if (media.type === 'image' && media.url !== null)
    return [
      {
        'og:image': media.url,
        'og:image:width': original?.width,
        'og:image:height': original?.height,
        ...alt,
      },
    ]
  if ((media.type !== 'video' && media.type !== 'gifv') || media.url === null || media.preview_url === null)
    return []
  return [
    {
      'og:image': media.preview_url,
      'og:image:width': small?.width,
      'og:image:height': small?.height,
      ...alt,
    },
    {
      'og:video': media.url,
      'og:video:type': 'video/mp4',
      'og:video:width': original?.width,
      'og:video:height': original?.height,
    },
  ]
}
