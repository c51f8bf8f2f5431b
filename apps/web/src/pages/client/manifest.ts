import { getSetting } from '@anancus/core/domain/settings'
import type { Ctx } from '@anancus/core/kernel/context'
import type { RequestHandler } from 'express'

/** The dark ground of the client, as its page tells the browser. */
const COLOUR = '#14191a'
const SIZES = [36, 48, 72, 96, 144, 192, 256, 384, 512]

/** What a phone needs to install the client. @see https://www.w3.org/TR/appmanifest/ */
export function manifest(ctx: Ctx): RequestHandler {
  return async (_req, res) => {
    const name = await getSetting(ctx, 'site_title')
    res.setHeader('Cache-Control', 'max-age=180, public')
    res.type('application/manifest+json').send(
      JSON.stringify({
        id: '/home',
        name,
        short_name: name,
        icons: SIZES.map((size) => ({
          src: `/icons/android-chrome-${size}x${size}.png`,
          sizes: `${size}x${size}`,
          type: 'image/png',
          purpose: 'any maskable',
        })),
        theme_color: COLOUR,
        background_color: COLOUR,
        display: 'standalone',
        start_url: '/',
        scope: '/',
        share_target: {
          action: '/share',
          method: 'GET',
          enctype: 'application/x-www-form-urlencoded',
          params: { title: 'title', text: 'text', url: 'url' },
        },
        shortcuts: [
          { name: 'Compose new post', url: '/publish' },
          { name: 'Notifications', url: '/notifications' },
          { name: 'Explore', url: '/explore' },
        ],
      }),
    )
  }
}
