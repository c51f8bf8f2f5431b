import {
  insertTerms,
  publishTermsRow,
  termsById,
  termsDraft,
  type TermsRow,
  updateTerms,
} from '@anancus/db/queries/terms'
import { publishedTerms } from '@anancus/db/queries/instance'
import { mailEveryoneJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'

export interface TermsDraft {
  /** Markdown; `%{domain}` is the name of the server. */
  text: string
  /** What changes, for the mail. */
  changelog: string
  /** `2026-01-31`: from when they hold. */
  effectiveDate: string
}

/** The version that is being written, or null. */
export const readTermsDraft = (ctx: Ctx): Promise<TermsRow | null> => termsDraft(ctx.db)

/**
 * Keeps a version of the terms without publishing it; there is one draft at a time.
 *
 * @throws ValidationError no text, or a day that is over or taken
 */
export async function saveTermsDraft(
  ctx: Ctx,
  values: Partial<TermsDraft> & { text: string },
): Promise<TermsRow> {
  if (values.text.trim() === '') throw ValidationError.failed("Text can't be blank")
  if (values.effectiveDate) await checkDay(ctx, values.effectiveDate)
  const row = {
    text: values.text,
    changelog: values.changelog ?? '',
    effectiveDate: values.effectiveDate || null,
  }
  const draft = await termsDraft(ctx.db)
  return (draft && (await updateTerms(ctx.db, draft.id, row))) ?? insertTerms(ctx.db, row)
}

/**
 * Publishes the terms. People who were here within a year get a mail, others see the terms when they come back.
 *
 * @throws ValidationError something is missing, or the day is over or taken
 */
export async function publishTerms(ctx: Ctx, values: TermsDraft): Promise<TermsRow> {
  if (values.changelog.trim() === '') throw ValidationError.failed("Changelog can't be blank")
  if (values.effectiveDate === '') throw ValidationError.failed("Effective date can't be blank")
  return transaction(ctx, async (tx) => {
    const draft = await saveTermsDraft(tx, values)
    const terms = await publishTermsRow(tx.db, draft.id, tx.clock.now())
    if (!terms) throw new NotFoundError()
    await enqueue(tx, mailEveryoneJob, { about: 'terms', id: terms.id, afterUserId: '0' })
    return terms
  })
}

/** A version by its id, for mails. */
export const findTerms = (ctx: Ctx, id: string): Promise<TermsRow | null> => termsById(ctx.db, id)

async function checkDay(ctx: Ctx, day: string): Promise<void> {
  if (!isDay(day)) throw ValidationError.failed('Effective date is invalid')
  if (day < ctx.clock.now().toISOString().slice(0, 10))
    throw ValidationError.failed('Effective date is too soon')
  const versions = await publishedTerms(ctx.db)
  if (versions.some((version) => version.effective_date === day))
    throw ValidationError.failed('Effective date has already been taken')
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}
