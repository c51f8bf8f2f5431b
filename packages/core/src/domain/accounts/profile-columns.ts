import type { AccountRow } from '@anancus/db'
import type { ProfileColumns } from '@anancus/db/queries/accounts'
import { handleDomain } from '../../activitypub/parse/handle.ts'
import { profileFields } from '../../graph/profile-fields.ts'
import { ValidationError, type ValidationDetails } from '../../kernel/errors.ts'
import { countCharacters, countGraphemes } from '../../kernel/text/count.ts'
import {
  MAX_ATTRIBUTION_DOMAINS,
  MAX_DISPLAY_NAME_CHARACTERS,
  MAX_FIELD_CHARACTERS,
  MAX_FIELDS,
  MAX_IMAGE_DESCRIPTION_CHARACTERS,
  MAX_NOTE_CHARACTERS,
} from './limits.ts'

/** What somebody says about themselves; absent parts stay as they are. */
export interface ProfileText {
  displayName?: string | undefined
  note?: string | undefined
  avatarDescription?: string | undefined
  headerDescription?: string | undefined
  locked?: boolean | undefined
  bot?: boolean | undefined
  discoverable?: boolean | undefined
  indexable?: boolean | undefined
  hideCollections?: boolean | undefined
  showMedia?: boolean | undefined
  showMediaReplies?: boolean | undefined
  showFeatured?: boolean | undefined
  attributionDomains?: readonly string[] | undefined
  /** Replace all; pairs that are both blank are left out. */
  fields?: readonly { name?: string | undefined; value?: string | undefined }[] | undefined
}

/**
 * Turns what was said into columns.
 *
 * @throws ValidationError with details by field: something is too long, or wrong
 */
export function profileColumns(account: AccountRow, said: ProfileText): ProfileColumns {
  const columns = withoutUndefined({
    display_name: said.displayName?.trim(),
    note: said.note?.trim(),
    avatar_description: said.avatarDescription?.trim(),
    header_description: said.headerDescription?.trim(),
    locked: said.locked,
    actor_type: said.bot === undefined ? undefined : said.bot ? 'Service' : 'Person',
    discoverable: said.discoverable,
    indexable: said.indexable,
    hide_collections: said.hideCollections,
    show_media: said.showMedia,
    show_media_replies: said.showMediaReplies,
    show_featured: said.showFeatured,
    attribution_domains: said.attributionDomains && domainsOf(said.attributionDomains),
    fields: said.fields && fieldsOf(account, said.fields),
  }) as ProfileColumns
  refuseWhatIsWrong(columns)
  return columns
}

function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

interface StoredField {
  name: string
  value: string
  verified_at?: string
}

/** A value that stays keeps its verification. */
function fieldsOf(account: AccountRow, said: NonNullable<ProfileText['fields']>): StoredField[] {
  const verified = new Map(
    profileFields(account).flatMap((field) => (field.verifiedAt ? [[field.value, field.verifiedAt]] : [])),
  )
  return said
    .map(({ name = '', value = '' }) => ({ name: cut(name), value: cut(value) }))
    .filter(({ name, value }) => name !== '' || value !== '')
    .map((field) => {
      const verifiedAt = verified.get(field.value)
      return verifiedAt === undefined ? field : { ...field, verified_at: verifiedAt }
    })
}

function cut(text: string): string {
  return [...text.trim()].slice(0, MAX_FIELD_CHARACTERS).join('')
}

function domainsOf(said: readonly string[]): string[] {
  const domains = said
    .map((text) =>
      text
        .trim()
        .replace(/^https?:\/\//i, '')
        .replace(/^\*\./, ''),
    )
    .filter((text) => text !== '')
    .map((text) => handleDomain(text) ?? text)
  return [...new Set(domains)]
}

function refuseWhatIsWrong(columns: ProfileColumns): void {
  const details: ValidationDetails = {}
  const tooLong = (column: string, description: string) => {
    details[column] = [{ error: 'ERR_TOO_LONG', description }]
  }
  const limit = (column: 'display_name' | 'avatar_description' | 'header_description', most: number) => {
    if (countGraphemes(columns[column] ?? '', most) > most)
      tooLong(column, `is too long (maximum is ${most} characters)`)
  }
  limit('display_name', MAX_DISPLAY_NAME_CHARACTERS)
  limit('avatar_description', MAX_IMAGE_DESCRIPTION_CHARACTERS)
  limit('header_description', MAX_IMAGE_DESCRIPTION_CHARACTERS)
  if (countCharacters(columns.note ?? '', '', MAX_NOTE_CHARACTERS) > MAX_NOTE_CHARACTERS)
    tooLong('note', `character limit of ${MAX_NOTE_CHARACTERS} exceeded`)
  refuseFields(columns.fields as StoredField[] | undefined, details)
  refuseDomains(columns.attribution_domains ?? [], details)
  if (Object.keys(details).length > 0) throw new ValidationError(messageOf(details), details)
}

function refuseFields(fields: readonly StoredField[] = [], details: ValidationDetails): void {
  if (fields.length > MAX_FIELDS)
    details.fields = [
      { error: 'ERR_TOO_LONG', description: `is too long (maximum is ${MAX_FIELDS} characters)` },
    ]
  else if (fields.some((field) => field.name === ''))
    details.fields = [
      {
        error: 'ERR_FIELDS_WITH_VALUES_MISSING_LABELS',
        description: 'contains values with missing labels',
      },
    ]
}

function refuseDomains(domains: readonly string[], details: ValidationDetails): void {
  const wrong = domains.filter((domain) => handleDomain(domain) !== domain || !domain.includes('.'))
  if (domains.length > MAX_ATTRIBUTION_DOMAINS)
    details.attribution_domains = [
      {
        error: 'ERR_TOO_LONG',
        description: `is too long (maximum is ${MAX_ATTRIBUTION_DOMAINS} characters)`,
      },
    ]
  else if (wrong.length > 0)
    details.attribution_domains = wrong.map((domain) => ({
      error: 'ERR_INVALID_DOMAIN_ON_LINE',
      description: `${domain} is not a valid domain name`,
    }))
}

/** The sentence Rails makes of them: each field's name as words, then what is wrong. */
function messageOf(details: ValidationDetails): string {
  const sentences = Object.entries(details).flatMap(([column, errors]) => {
    const words = column.replaceAll('_', ' ')
    const name = words[0]?.toUpperCase() + words.slice(1)
    return errors.map((error) => `${name} ${error.description}`)
  })
  return `Validation failed: ${sentences.join(', ')}`
}
