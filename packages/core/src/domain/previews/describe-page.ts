import { html } from '../../kernel/text/html.ts'
import { embedHtml } from '../../entities/index.ts'
import { CARD_TYPES, type CardDraft, emptyDraft, LINK_TYPES } from './card-draft.ts'
import { MAX_DESCRIPTION_CHARACTERS, MAX_NAME_CHARACTERS, MAX_TITLE_CHARACTERS } from './limits.ts'
import type { PageFacts } from './page-facts.ts'
import { structuredData } from './structured-data.ts'
import { momentOf, pageLanguage, plainValue, sideOf, webAddress } from './values.ts'

/**
 * The preview of a page: from its JSON-LD where it has some, else its OpenGraph and Twitter tags, else its plain HTML.
 * A page of one host cannot speak for another: its canonical address counts on its own host only.
 *
 * @returns null for a page that says nothing of itself
 * @see https://ogp.me
 */
export function describePage(facts: PageFacts, pageUrl: string): CardDraft | null {
  const { metas } = facts
  const data = structuredData(facts.data)
  const meta = (name: string) => metas.get(name) || null
  const player = webAddress(meta('twitter:player'), pageUrl)
  const width = sideOf(meta('twitter:player:width'))
  const height = sideOf(meta('twitter:player:height'))
  const isArticle = data?.isArticle === true || meta('og:type') === 'article'
  const draft: CardDraft = {
    ...emptyDraft(canonicalUrl(facts, pageUrl)),
    title: plainValue(data?.headline ?? meta('og:title') ?? facts.title, MAX_TITLE_CHARACTERS),
    description: plainValue(
      data?.description ?? meta('og:description') ?? meta('description'),
      MAX_DESCRIPTION_CHARACTERS,
    ),
    type: player === null ? CARD_TYPES.link : CARD_TYPES.video,
    link_type: isArticle ? LINK_TYPES.article : LINK_TYPES.unknown,
    width,
    height,
    html: player === null ? '' : playerHtml(player, width, height),
    embed_url: webAddress(meta('twitter:player:stream'), pageUrl) ?? '',
    imageUrl: webAddress(meta('og:image'), pageUrl),
    image_description: plainValue(meta('og:image:alt'), MAX_DESCRIPTION_CHARACTERS),
    provider_name: plainValue(data?.publisherName ?? meta('og:site_name'), MAX_NAME_CHARACTERS),
    provider_url: siteAddress(meta('og:site'), pageUrl),
    author_name: plainValue(
      data?.authorName ?? meta('og:author') ?? meta('og:author:username'),
      MAX_NAME_CHARACTERS,
    ),
    author_url: webAddress(data?.authorUrl, pageUrl) ?? '',
    language: pageLanguage(data?.language ?? meta('og:locale') ?? facts.language),
    published_at: momentOf(data?.published ?? meta('article:published_time')),
    creator: meta('fediverse:creator'),
  }
  return draft.title === '' && draft.html === '' ? null : draft
}

function canonicalUrl(facts: PageFacts, pageUrl: string): string {
  const named = webAddress(facts.links.get('canonical') ?? facts.metas.get('og:url'), pageUrl)
  return named !== null && new URL(named).host === new URL(pageUrl).host ? named : pageUrl
}

/** `og:site` is a host as often as an address. */
function siteAddress(value: string | null, pageUrl: string): string {
  if (value === null) return ''
  return webAddress(/^https?:\/\//i.test(value) ? value : `http://${value}`, pageUrl) ?? ''
}

function playerHtml(src: string, width: number, height: number): string {
  const frame = html`<iframe src="${src}" width="${width}" height="${height}" allowfullscreen="true" scrolling="no" frameborder="0"></iframe>`
  return embedHtml(String(frame))
}
