import type { Status, Translation } from '@anancus/core/entities/types'

/**
 * Into which language a post can be translated for a reader; null when it need not or cannot be. The server translates
 * only what everybody may read.
 *
 * @param pairs target languages by source language, `und` for an unknown one
 */
export function translationTarget(
  status: Status,
  reader: string,
  pairs: Record<string, readonly string[]> | undefined,
): string | null {
  const isOpen = status.visibility === 'public' || status.visibility === 'unlisted'
  if (!pairs || !isOpen || !hasWords(status)) return null
  const general = reader.split('-')[0] ?? reader
  if (status.language === reader || status.language === general) return null
  const targets = pairs[status.language ?? 'und'] ?? []
  return [reader, general].find((language) => targets.includes(language)) ?? null
}

function hasWords({ content, spoiler_text, poll, media_attachments }: Status): boolean {
  const isDescribed = media_attachments.some(({ description }) => description)
  return Boolean(content || spoiler_text || poll || isDescribed)
}

/** The post with the words of its translation. */
export function translated(status: Status, translation: Translation): Status {
  const descriptions = new Map(translation.media_attachments.map(({ id, description }) => [id, description]))
  const titles = translation.poll?.options ?? []
  return {
    ...status,
    language: translation.language,
    content: translation.content,
    spoiler_text: translation.spoiler_text || status.spoiler_text,
    poll: status.poll && {
      ...status.poll,
      options: status.poll.options.map((option, at) => ({
        ...option,
        title: titles[at]?.title ?? option.title,
      })),
    },
    media_attachments: status.media_attachments.map((media) => ({
      ...media,
      description: descriptions.get(media.id) ?? media.description,
    })),
  }
}
