import { getSetting } from '@anancus/core/domain/settings'
import type { Ctx } from '@anancus/core/kernel/context'
import type { RequestHandler } from 'express'

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
        theme_color: '#191b22',
        background_color: '#191b22',
        display: 'standalone',
        start_url: '/',
        scope: '/',
        shortcuts: [
          { name: 'Compose new post', url: '/publish' },
          { name: 'Notifications', url: '/notifications' },
          { name: 'Explore', url: '/explore' },
        ],
      }),
    )
  }
}
