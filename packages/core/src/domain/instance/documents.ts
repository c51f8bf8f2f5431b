import { type PublishedTerms, publishedTerms, settingSavedAt } from '@anancus/db/queries/instance'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { renderMarkdown } from '../../kernel/text/markdown.ts'
import { getSetting } from '../settings/index.ts'
import { DEFAULT_PRIVACY_POLICY, DEFAULT_PRIVACY_POLICY_DATE } from './default-privacy-policy.ts'

/** What the administrators say about the server, from Markdown. @see https://docs.joinmastodon.org/entities/ExtendedDescription/ */
export async function readExtendedDescription(ctx: Ctx) {
  const text = await getSetting(ctx, 'site_extended_description')
  const savedAt = text === '' ? null : await settingSavedAt(ctx.db, 'site_extended_description')
  return { updated_at: savedAt?.toISOString() ?? null, content: renderMarkdown(text) }
}

/** The privacy policy, or a general one that is true of this software. */
export async function readPrivacyPolicy(ctx: Ctx) {
  const text = await getSetting(ctx, 'site_terms')
  if (text === '')
    return {
      updated_at: DEFAULT_PRIVACY_POLICY_DATE,
      content: renderMarkdown(DEFAULT_PRIVACY_POLICY.replaceAll('%{domain}', ctx.config.localDomain)),
    }
  const savedAt = await settingSavedAt(ctx.db, 'site_terms')
  return { updated_at: savedAt?.toISOString() ?? DEFAULT_PRIVACY_POLICY_DATE, content: renderMarkdown(text) }
}

/**
 * The terms of service in force, or the version of a day (`2026-01-31`).
 *
 * @throws NotFoundError nothing was published, or nothing for that day
 */
export async function readTerms(ctx: Ctx, date?: string) {
  const versions = await publishedTerms(ctx.db)
  const today = ctx.clock.now().toISOString().slice(0, 10)
  const current = versions.find((version) => dayOf(version) <= today) ?? versions.at(-1)
  const asked = date === undefined ? current : versions.find((version) => dayOf(version) === date)
  if (!asked) throw new NotFoundError()
  const successor = versions[versions.indexOf(asked) - 1]
  return {
    effective_date: dayOf(asked),
    effective: dayOf(asked) <= today,
    content: renderMarkdown(asked.text.replaceAll('%{domain}', ctx.config.localDomain)),
    succeeded_by: successor ? dayOf(successor) : null,
  }
}

/** Whether any terms were published. */
export async function hasTerms(ctx: Ctx): Promise<boolean> {
  return (await publishedTerms(ctx.db)).length > 0
}

function dayOf(version: PublishedTerms): string {
  return version.effective_date ?? version.published_at?.toISOString().slice(0, 10) ?? ''
}
