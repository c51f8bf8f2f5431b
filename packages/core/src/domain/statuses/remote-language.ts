/** Languages that are told apart by region; of all others the region says nothing about what readers understand. */
const REGIONAL = new Set(['zh', 'pt'])

/** The language of a remote status in the spelling of ours: `en` for `en-GB`, `zh-TW` for `zh_tw`. */
export function remoteLanguage(language: string | null): string | null {
  if (language === null) return null
  const [base = '', region] = language.split(/[-_]/)
  const lower = base.toLowerCase()
  if (region === undefined || !REGIONAL.has(lower)) return lower
  return `${lower}-${region.toUpperCase()}`
}
