/**
 * A post to be shown on another site.
 *
 * @see https://oembed.com/#section2
 */
export interface OEmbed {
  type: string
  version: string
  title?: string
  author_name: string
  author_url: string
  provider_name: string
  provider_url: string
  cache_age: number
  html: string
  width: number
  height: number | null
}
