import { updateCredentials as saveCredentials } from '@anancus/core/domain/accounts'
import { renderCredentialAccount } from '@anancus/core/entities'
import { ValidationError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { booleanParam, hashParam, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { profilePatch, profileShape, profileUploads } from './profile-params.ts'

const PRIVACIES = ['public', 'unlisted', 'private'] as const
const QUOTE_POLICIES = ['public', 'followers', 'nobody'] as const

const source = hashParam({
  privacy: stringParam,
  sensitive: booleanParam,
  language: stringParam,
  quote_policy: stringParam,
})

/** @see https://docs.joinmastodon.org/methods/accounts/#update_credentials */
export const updateCredentials = userRoute({
  method: 'patch',
  path: '/api/v1/accounts/update_credentials',
  auth: user('write:accounts'),
  params: z.object({ ...profileShape, source }),
  uploads: profileUploads,
  summary: 'Changes the own profile and the defaults of new statuses.',
  answers: 'CredentialAccount',
  async handle({ ctx, viewer, params, files }) {
    const preferences = preferencesIn(params.source)
    const changed = await saveCredentials(ctx, viewer, profilePatch(params, files), preferences)
    return ok(await renderCredentialAccount(ctx, changed))
  },
})

/** Absent ones stay as they are. */
function preferencesIn(said: z.output<typeof source>) {
  const { privacy, sensitive, language, quote_policy: quotePolicy } = said ?? {}
  return {
    ...(privacy === undefined ? {} : { default_privacy: oneOf(PRIVACIES, 'privacy', privacy) }),
    ...(sensitive === undefined ? {} : { default_sensitive: sensitive }),
    ...(language === undefined ? {} : { default_language: language === '' ? null : language }),
    ...(quotePolicy === undefined
      ? {}
      : { default_quote_policy: oneOf(QUOTE_POLICIES, 'quote_policy', quotePolicy) }),
  }
}

/** Mastodon fails with 500 on a word it does not know; 422 says what is wrong. */
function oneOf<Word extends string>(words: readonly Word[], name: string, value: string): Word {
  const word = words.find((known) => known === value)
  if (word === undefined) throw ValidationError.failed(`Source ${name} is not included in the list`)
  return word
}
