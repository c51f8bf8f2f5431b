import type { InstanceSettings } from '@anancus/core/domain/settings'
import type { Config } from '@anancus/core/kernel/config'
import type { Html } from '@anancus/core/kernel/text/html'
import { metaTags } from './meta-tags.ts'

/** What is said of pages that are about the site as a whole. */
export function siteTags({ baseUrl }: Config, settings: InstanceSettings, path: string): Html[] {
  const { site_title: title, site_short_description: description } = settings
  return metaTags({
    description,
    robots: settings.noindex ? 'noindex' : null,
    'og:site_name': title,
    'og:type': 'website',
    'og:title': title,
    'og:url': `${baseUrl}${path}`,
    'og:description': description,
    'og:image': `${baseUrl}/preview.png`,
    'og:image:width': 1200,
    'og:image:height': 630,
    'og:image:alt': settings.thumbnail_description,
    'twitter:card': 'summary_large_image',
  })
}
