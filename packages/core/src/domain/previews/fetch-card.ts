import { createHash } from 'node:crypto'
import type { PreviewCardRow, StatusRow } from '@anancus/db'
import {
  attachCard,
  cardById,
  cardByUrl,
  hasCard,
  showsMediaOrQuote,
  upsertCard,
} from '@anancus/db/queries/preview-cards'
import { statusById } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { withLock } from '../../kernel/lock.ts'
import { registerLink } from '../trends/index.ts'
import { creditOf } from './author-of.ts'
import { storeCardImage } from './card-image.ts'
import { describePage } from './describe-page.ts'
import { CARD_FRESH_MS, FAILURE_KEPT_SECONDS, LOCK_MS } from './limits.ts'
import { askProvider } from './oembed.ts'
import { pageFacts } from './page-facts.ts'
import { readPage } from './read-page.ts'
import { statusLink } from './status-link.ts'

/**
 * Hangs the preview of its link on a status. A page is read once in two weeks, however many share it, and by one
 * process at a time; one that offers nothing is left alone for an hour.
 *
 * @throws RaceError somebody else reads the page now: come back for what they found
 */
export async function fetchCard(ctx: Ctx, payload: { statusId: string }): Promise<void> {
  const status = await statusById(ctx.db, payload.statusId)
  const link = status && status.reblog_of_id === null ? await statusLink(ctx, status) : null
  if (!status || link === null || (await hasCard(ctx.db, status.id))) return
  if (await showsMediaOrQuote(ctx.db, status.id)) return
  const card = await cardOf(ctx, link)
  if (card) await attach(ctx, status, card, link)
}

async function attach(ctx: Ctx, status: StatusRow, card: PreviewCardRow, link: string): Promise<void> {
  if (await attachCard(ctx.db, status.id, card.id, link)) await registerLink(ctx, status)
}

/** Where it is kept what became of a link: the id of its card, or that it has none. Forgotten by itself. */
function memoryOf(link: string): string {
  return `previews:${createHash('sha256').update(link).digest('hex')}`
}

async function cardOf(ctx: Ctx, link: string): Promise<PreviewCardRow | null> {
  const known = await knownCard(ctx, link)
  if (known) return known
  return withLock(ctx, `fetch:${memoryOf(link)}`, LOCK_MS, async () => {
    // Who had the lock before may have read it.
    const found = await knownCard(ctx, link)
    if (found) return found
    const id = await ctx.cache.fetch(memoryOf(link), FAILURE_KEPT_SECONDS, async () => {
      return (await makeCard(ctx, link))?.id ?? null
    })
    return id === null ? null : cardById(ctx.db, id)
  })
}

/** The fresh card of a link. A link that leads elsewhere has the card of where it leads, known for an hour. */
async function knownCard(ctx: Ctx, link: string): Promise<PreviewCardRow | null> {
  const card = await cardByUrl(ctx.db, link)
  if (!card || isMissingItsPicture(card)) return null
  return ctx.clock.now().getTime() - card.updated_at.getTime() < CARD_FRESH_MS ? card : null
}

/** It had one, as its blurhash tells, which made room for others. */
function isMissingItsPicture(card: PreviewCardRow): boolean {
  return card.blurhash !== null && card.image_file_name === null
}

/** Reads the page and writes down what it says. Null: nothing to show, or its server does not answer. */
async function makeCard(ctx: Ctx, link: string): Promise<PreviewCardRow | null> {
  try {
    const page = await readPage(ctx, link)
    if (!page) return null
    const facts = pageFacts(page.html)
    const draft = (await askProvider(ctx, facts, page.url)) ?? describePage(facts, page.url)
    if (!draft) return null
    const { imageUrl, creator, ...content } = draft
    const credit = await creditOf(ctx, creator, content.url)
    const card = await upsertCard(ctx.db, { ...content, ...credit }, ctx.clock.now())
    await storeCardImage(ctx, card, imageUrl)
    return card
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error }, 'a page is not to be had')
    return null
  }
}
