/**
 * A status in another language.
 *
 * @see https://docs.joinmastodon.org/entities/Translation/
 */
export interface Translation {
  detected_source_language: string
  language: string
  /** Who translated. */
  provider: string
  spoiler_text: string
  /** HTML. */
  content: string
  poll: { id: string; options: { title: string }[] } | null
  /** Those with a description. */
  media_attachments: { id: string; description: string }[]
}
