import type { CollectionValues } from '@anancus/db/queries/collections'
import type { TagRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { NestedValidationError, type ValidationDetails } from '../../kernel/errors.ts'
import { isLanguageCode } from '../../kernel/i18n/languages.ts'
import { useTags } from '../tags/index.ts'
import { MAX_DESCRIPTION_CHARACTERS, MAX_ITEMS, MAX_NAME_CHARACTERS } from './limits.ts'

/** What a client says about a collection; what is undefined stays as it is, or is missing in a new one. */
export interface CollectionChange {
  name?: string | undefined
  description?: string | null | undefined
  language?: string | null | undefined
  sensitive?: boolean | undefined
  discoverable?: boolean | undefined
  /** The topic, with or without `#`; empty for none. */
  tagName?: string | null | undefined
}

/** Collects what is wrong with a collection, and refuses it as a whole. */
export class Problems {
  readonly #messages: string[] = []
  readonly #details: ValidationDetails = {}

  /** `name` is the field's name on the wire, `said` how the sentence calls it; the base has no name of its own. */
  add(field: string, error: string, description: string, said = capitalised(field)): void {
    this.#messages.push(field === 'base' ? description : `${said} ${description}`)
    const known = this.#details[field] ?? []
    known.push({ error, description })
    this.#details[field] = known
  }

  /** @throws NestedValidationError there are any */
  refuse(): void {
    if (this.#messages.length === 0) return
    throw new NestedValidationError(`Validation failed: ${this.#messages.join(', ')}`, this.#details)
  }
}

function capitalised(field: string): string {
  const words = field.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A collection as it would be after a change; flags that nobody has said are null. */
type Wanted = Omit<CollectionValues, 'sensitive' | 'discoverable'> & {
  sensitive: boolean | null
  discoverable: boolean | null
}

/**
 * What a collection says after a change. The topic is made where it is new.
 *
 * @param before null for a new one
 */
export async function changedValues(
  ctx: Ctx,
  change: CollectionChange,
  before: CollectionValues | null,
  problems: Problems,
): Promise<CollectionValues> {
  const wanted: Wanted = {
    name: change.name ?? before?.name ?? '',
    description: change.description === undefined ? (before?.description ?? null) : change.description,
    language: change.language === undefined ? (before?.language ?? null) : change.language || null,
    sensitive: change.sensitive ?? before?.sensitive ?? null,
    discoverable: change.discoverable ?? before?.discoverable ?? null,
    tag_id: before?.tag_id ?? null,
  }
  checkTexts(wanted, problems)
  for (const flag of ['sensitive', 'discoverable'] as const)
    if (wanted[flag] === null) problems.add(flag, 'ERR_INCLUSION', 'is not included in the list')
  if (wanted.language !== null && !isLanguageCode(wanted.language))
    problems.add('language', 'ERR_INVALID', 'is invalid')
  const tag = change.tagName === undefined ? undefined : await topicOf(ctx, change.tagName)
  if (tag && tag.usable === false) problems.add('tag_name', 'ERR_UNUSABLE', 'may not be used')
  if (tag !== undefined) wanted.tag_id = tag?.id ?? null
  return { ...wanted, sensitive: wanted.sensitive ?? false, discoverable: wanted.discoverable ?? false }
}

function checkTexts({ name, description }: Wanted, problems: Problems): void {
  const tooLong = (max: number) => `is too long (maximum is ${max} characters)`
  if (name.trim() === '') problems.add('name', 'ERR_BLANK', "can't be blank")
  if ([...name].length > MAX_NAME_CHARACTERS)
    problems.add('name', 'ERR_TOO_LONG', tooLong(MAX_NAME_CHARACTERS))
  if ([...(description ?? '')].length > MAX_DESCRIPTION_CHARACTERS)
    problems.add('description', 'ERR_TOO_LONG', tooLong(MAX_DESCRIPTION_CHARACTERS))
}

async function topicOf(ctx: Ctx, name: string | null): Promise<TagRow | null> {
  if (!name?.trim()) return null
  const [tag] = await useTags(ctx, [name.trim().replace(/^#/, '')])
  return tag ?? null
}

/** Notes that a collection would have more accounts than it may. */
export function checkItems(count: number, problems: Problems): void {
  if (count > MAX_ITEMS)
    problems.add('collection_items', 'ERR_TOO_MANY', `are too many, no more than ${MAX_ITEMS} are allowed`)
}
