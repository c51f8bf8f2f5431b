import { isLanguageCode } from '../../kernel/i18n/languages.ts'
import { MAX_SIDE, MAX_URL_CHARACTERS } from './limits.ts'

/** Readers of what strangers write into their pages; none throws. */

/** An http(s) address, complete; null for anything else. */
export function webAddress(value: unknown, base: string): string | null {
  if (typeof value !== 'string' || value.trim() === '' || value === 'null') return null
  const url = URL.parse(value.trim(), base)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  if (url.hostname === '' || url.username !== '' || url.password !== '') return null
  return url.href.length <= MAX_URL_CHARACTERS ? url.href : null
}

// oxlint-disable-next-line no-control-regex -- these are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** A text without control characters and half characters, at most so long; empty for what is none. */
export function plainValue(value: unknown, most: number): string {
  if (typeof value !== 'string') return ''
  const text = value
    .slice(0, 2 * most)
    .replace(CONTROLS, '')
    .trim()
  return [...text.toWellFormed()].slice(0, most).join('')
}

/** Pixels; zero for what is no number. */
export function sideOf(value: unknown): number {
  const number = typeof value === 'number' ? Math.trunc(value) : Number.parseInt(String(value), 10)
  return Number.isFinite(number) ? Math.min(Math.max(number, 0), MAX_SIDE) : 0
}

/** A language of ours: `en` for `en_GB` or `en-GB`, `zh-TW` for `zh_tw`. Null for none we know. */
export function pageLanguage(value: string | null | undefined): string | null {
  const [base = '', region] = (value ?? '').trim().split(/[-_]/)
  const whole = `${base.toLowerCase()}-${(region ?? '').toUpperCase()}`
  return [whole, base.toLowerCase()].find(isLanguageCode) ?? null
}

/** A moment; null for what is none, or lies outside of all calendars. */
export function momentOf(value: string | null | undefined): Date | null {
  const time = Date.parse(value ?? '')
  const year = Number.isNaN(time) ? 0 : new Date(time).getUTCFullYear()
  return year >= 1 && year <= 9999 ? new Date(time) : null
}
