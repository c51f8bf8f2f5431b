/**
 * Finds links, handles and hashtags in text people typed. Every scan goes from left to right once: a text of n
 * characters costs n, whatever it is made of.
 */

export type TextEntity =
  | { kind: 'url'; start: number; end: number; url: string }
  | { kind: 'mention'; start: number; end: number; username: string; domain: string | null }
  | { kind: 'hashtag'; start: number; end: number; name: string }

export type MentionEntity = Extract<TextEntity, { kind: 'mention' }>
export type HashtagEntity = Extract<TextEntity, { kind: 'hashtag' }>

const WORD = /[\p{L}\p{M}\p{Nd}\p{Pc}]/u
const LETTER = /[\p{L}\p{M}]/u
/** Characters that may stand inside a hashtag but not at its end; `_` may. */
const TAG_SEPARATORS = '_\u00b7\u30fb\u200c'

/** Everything to be linked, in order and without overlaps: where two meet, the one that begins first stays. */
export function scanEntities(text: string): TextEntity[] {
  const found: TextEntity[] = [...scanUrls(text), ...scanMentions(text), ...scanHashtags(text)]
  found.sort((one, other) => one.start - other.start)
  let end = 0
  return found.filter((entity) => {
    if (entity.start < end) return false
    end = entity.end
    return true
  })
}

const MENTION =
  /@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@([\p{L}\p{M}\p{Nd}\p{Pc}]+(?:[.-]+[\p{L}\p{M}\p{Nd}\p{Pc}]+)*))?/iuy
const LOOPBACK = /(?:^|\.)localhost$/i
const PORT = /:\d{1,5}(?!\d)/y

/** Handles: `@user`, `@user@domain`. Not inside a word or an address, not before another `@` or `://`. */
export function scanMentions(text: string): MentionEntity[] {
  const found: MentionEntity[] = []
  let at = text.indexOf('@')
  while (at !== -1) {
    let next = at + 1
    const before = characterBefore(text, at)
    if (!before || !(before === '=' || before === '/' || WORD.test(before))) {
      MENTION.lastIndex = at
      const match = MENTION.exec(text)
      if (match?.[1]) {
        const domain = match[2] ?? null
        next =
          at + match[0].length + (domain && LOOPBACK.test(domain) ? portAt(text, at + match[0].length) : 0)
        const spelledDomain = domain === null ? null : text.slice(at + 2 + match[1].length, next)
        if (text[next] !== '@' && text[next] !== '＠' && !text.startsWith('://', next))
          found.push({ kind: 'mention', start: at, end: next, username: match[1], domain: spelledDomain })
      }
    }
    at = text.indexOf('@', next)
  }
  return found
}

/** Ports belong to handles below .localhost only (development): "@bob@example.org:80" is a handle and a number. */
function portAt(text: string, at: number): number {
  PORT.lastIndex = at
  return PORT.exec(text)?.[0].length ?? 0
}

const TAG_RUN = /[\p{L}\p{M}\p{Nd}\p{Pc}_\u00b7\u30fb\u200c]+/uy

/** Hashtags: `#` or `＃` and a run of word characters that is more than a number. Not inside a word or an address. */
export function scanHashtags(text: string): HashtagEntity[] {
  const found: HashtagEntity[] = []
  const sign = /[#＃]/g
  for (let match = sign.exec(text); match; match = sign.exec(text)) {
    const before = characterBefore(text, match.index)
    if (before && (before === '=' || before === '/' || before === ')' || /[\p{L}\p{M}\p{Nd}]/u.test(before)))
      continue
    TAG_RUN.lastIndex = match.index + 1
    const run = TAG_RUN.exec(text)?.[0]
    if (!run) continue
    sign.lastIndex = match.index + 1 + run.length
    const name = hashtagIn(run)
    if (!name) continue
    const end = match.index + 1 + name.length
    found.push({ kind: 'hashtag', start: match.index, end, name })
  }
  return found.map((tag) => withoutScheme(text, tag)).filter((tag) => tag.name.length > 0)
}

/** What of a run of tag characters is a hashtag, or null: ends in a word character, has a letter or an inner separator. */
function hashtagIn(run: string): string | null {
  const characters = Array.from(run)
  if (!WORD.test(characters[0] ?? '')) return null
  while (characters.length > 0 && !WORD.test(characters.at(-1) ?? '')) characters.pop()
  const valid = characters.some(
    (character, index) =>
      LETTER.test(character) ||
      (index > 0 && index < characters.length - 1 && TAG_SEPARATORS.includes(character)),
  )
  return valid ? characters.join('') : null
}

/** "#taghttp://…" written without a space is a tag and a link. */
function withoutScheme(text: string, tag: HashtagEntity): HashtagEntity {
  if (!text.startsWith('://', tag.end)) return tag
  const name = tag.name.replace(/https?$/, '')
  return { ...tag, name, end: tag.start + 1 + name.length }
}

const SCHEME = /(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini)$/i
const LONGEST_SCHEME = 6
const NOT_BEFORE_URL = /[a-z0-9@＠$#＃\u202a-\u202e]/i
const HOST = /[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}])?/uy
const REST = /[^\s<>"\p{Cc}\p{Co}]*/uy
/** Where an ASCII end of a host meets East Asian text that follows without a space. */
const HOST_RUN_ON =
  /(?<=\.[a-z]{2,24})[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}].*$/u

/** Links with their scheme: `https://host/…`, `magnet:?…`, `xmpp:…`. Bare host names are not links. */
export function scanUrls(text: string): TextEntity[] {
  const found: TextEntity[] = []
  let colon = text.indexOf(':')
  while (colon !== -1) {
    const url = text.startsWith('://', colon) ? webUrlAround(text, colon) : otherUrlAround(text, colon)
    if (url && url.start >= (found.at(-1)?.end ?? 0)) found.push(url)
    colon = text.indexOf(':', Math.max(colon + 1, url?.end ?? 0))
  }
  return found
}

function webUrlAround(text: string, colon: number): TextEntity | null {
  const scheme = SCHEME.exec(text.slice(Math.max(0, colon - LONGEST_SCHEME), colon))?.[0]
  if (!scheme) return null
  const start = colon - scheme.length
  const before = characterBefore(text, start)
  if (before && NOT_BEFORE_URL.test(before)) return null
  HOST.lastIndex = colon + 3
  const host = HOST.exec(text)?.[0].replace(HOST_RUN_ON, '')
  if (!host || !isHost(host)) return null
  let end = colon + 3 + host.length
  if (text[end] === '@') return null
  end += portAt(text, end)
  if (text[end] === '/' || text[end] === '?' || text[end] === '#') end = endOfRest(text, end)
  return { kind: 'url', start, end, url: text.slice(start, end) }
}

function otherUrlAround(text: string, colon: number): TextEntity | null {
  const lead = text.slice(Math.max(0, colon - LONGEST_SCHEME), colon).toLowerCase()
  const isMagnet = lead.endsWith('magnet') && text[colon + 1] === '?'
  const isXmpp = lead.endsWith('xmpp') && /[\p{L}\p{N}]/u.test(text[colon + 1] ?? '')
  if (!isMagnet && !isXmpp) return null
  const start = colon - (isMagnet ? 6 : 4)
  const before = characterBefore(text, start)
  if (before && NOT_BEFORE_URL.test(before)) return null
  const end = endOfRest(text, colon + 1)
  const body = text.slice(colon + 1, end)
  if (isMagnet ? !body.startsWith('?xt=') : !body.includes('@')) return null
  return { kind: 'url', start, end, url: text.slice(start, end) }
}

function isHost(host: string): boolean {
  const labels = host.split('.')
  if (labels.some((label) => label === '' || label.length > 63)) return false
  return (
    labels.at(-1)?.toLowerCase() === 'localhost' || (labels.length > 1 && !/^\d+$/.test(labels.at(-1) ?? ''))
  )
}

/** Path, query and fragment from `start` on, without the punctuation of the sentence around them. */
function endOfRest(text: string, start: number): number {
  REST.lastIndex = start
  const run = REST.exec(text)?.[0] ?? ''
  const isQuery = run.includes('?')
  let open = 0
  for (const character of run) open += character === '(' ? 1 : character === ')' ? -1 : 0
  let length = run.length
  while (length > 0) {
    const last = run[length - 1] ?? ''
    if (last === ')' && open >= 0) break
    if (
      !(
        last === ')' ||
        last === '(' ||
        "!*'「」;:,.$%[]~|@?".includes(last) ||
        (!isQuery && '=&'.includes(last))
      )
    )
      break
    if (last === ')') open += 1
    if (last === '(') open -= 1
    length -= 1
  }
  return start + length
}

function characterBefore(text: string, index: number): string {
  if (index === 0) return ''
  const unit = text.charCodeAt(index - 1)
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff
  return text.slice(index - (isLowSurrogate && index > 1 ? 2 : 1), index)
}
