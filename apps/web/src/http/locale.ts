import type { Ctx } from '@anancus/core/kernel/context'
import { isLocale, LOCALES } from '@anancus/core/kernel/i18n/locales'
import type { Viewer } from '@anancus/core/kernel/viewer'
import type { Request } from 'express'

/**
 * The language a request is to be answered in: what it asks for by `lang`, what the user chose, what the browser
 * prefers, and else the server's.
 */
export function localeOf(ctx: Ctx, req: Request, lang: string | undefined, viewer: Viewer | null): string {
  if (lang !== undefined && isLocale(lang)) return lang
  const chosen = viewer?.user.locale
  if (chosen && isLocale(chosen)) return chosen
  return preferredLocale(req.headers['accept-language']) ?? ctx.config.env.DEFAULT_LOCALE
}

const LONGEST_HEADER = 1000
const byName = new Map(LOCALES.map((name) => [name.toLowerCase(), name]))

/** The first language of an `Accept-Language` that we know; of an unknown regional one the general one. */
export function preferredLocale(header: string | undefined): string | null {
  const wishes = (header ?? '').slice(0, LONGEST_HEADER).split(',').map(readWish)
  const wanted = wishes.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  for (const { name } of wanted) {
    const found = byName.get(name) ?? byName.get(name.split('-')[0] ?? '')
    if (found !== undefined) return found
  }
  return null
}

function readWish(part: string): { name: string; weight: number } {
  const [name = '', ...parameters] = part
    .toLowerCase()
    .split(';')
    .map((piece) => piece.trim())
  const quality = parameters.find((text) => text.startsWith('q='))
  return { name, weight: quality === undefined ? 1 : Number(quality.slice(2)) || 0 }
}
