import type { OauthApplicationRow } from '@anancus/db'
import { insertApplication } from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { MAX_APPLICATION_NAME, MAX_REDIRECT_URI, MAX_WEBSITE } from './limits.ts'
import { problemOfRedirectUri } from './redirect-uri.ts'
import { DEFAULT_SCOPE, isScope, splitScopes } from './scopes.ts'
import { randomSecret } from './secrets.ts'

export interface ApplicationParams {
  name: string | undefined
  /** One text with an address a line, or a list. */
  redirectUris: string | readonly string[] | undefined
  /** Separated by spaces; default `read`. */
  scopes: string | undefined
  website: string | undefined
}

/**
 * Registers a client application. Anybody may: what it can do is decided by the users who let it in.
 *
 * @throws ValidationError a name, address, website or scope that is missing or not allowed
 * @see https://docs.joinmastodon.org/methods/apps/#create
 */
export async function createApplication(ctx: Ctx, params: ApplicationParams): Promise<OauthApplicationRow> {
  const uris = listOf(params.redirectUris)
  const scopes = splitScopes(params.scopes)
  const problems = [
    ...problemsOfName(params.name),
    ...problemsOfUris(uris),
    ...problemsOfWebsite(params.website),
    ...(scopes.every(isScope) ? [] : ["Scopes doesn't match configured on the server."]),
  ]
  if (problems.length > 0) throw ValidationError.failed(...problems)
  return insertApplication(ctx.db, {
    name: params.name ?? '',
    redirect_uri: uris.join('\n'),
    scopes: scopes.length > 0 ? scopes.join(' ') : DEFAULT_SCOPE,
    website: params.website || null,
    uid: randomSecret(),
    secret: randomSecret(),
  })
}

function listOf(uris: ApplicationParams['redirectUris']): string[] {
  return [uris ?? []].flat().flatMap((uri) => uri.split(/\s+/).filter(Boolean))
}

function problemsOfName(name: string | undefined): string[] {
  if (!name?.trim()) return ["Application name can't be blank"]
  return Array.from(name).length > MAX_APPLICATION_NAME
    ? [`Application name is too long (maximum is ${MAX_APPLICATION_NAME} characters)`]
    : []
}

function problemsOfUris(uris: readonly string[]): string[] {
  if (uris.length === 0) return ["Redirect URI can't be blank"]
  if (uris.join('\n').length > MAX_REDIRECT_URI)
    return [`Redirect URI is too long (maximum is ${MAX_REDIRECT_URI} characters)`]
  const problems = new Set(uris.map(problemOfRedirectUri))
  return [...problems].flatMap((problem) => (problem === null ? [] : [`Redirect URI ${problem}`]))
}

function problemsOfWebsite(website: string | undefined): string[] {
  if (!website) return []
  const problems = /^https?:$/.test(URL.parse(website)?.protocol ?? '')
    ? []
    : ['Application website must be a valid URL']
  if (website.length > MAX_WEBSITE)
    problems.push(`Application website is too long (maximum is ${MAX_WEBSITE} characters)`)
  return problems
}
