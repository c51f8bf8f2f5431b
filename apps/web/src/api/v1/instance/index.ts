import { instanceActivity } from './activity.ts'
import { instanceDomainBlocks } from './domain_blocks.ts'
import { extendedDescription } from './extended_description.ts'
import { instanceLanguages } from './languages.ts'
import { instancePeers } from './peers.ts'
import { privacyPolicy } from './privacy_policy.ts'
import { instanceRules } from './rules.ts'
import { termsOfService, termsOfServiceOf } from './terms_of_service.ts'
import { translationLanguages } from './translation_languages.ts'

export const instanceRoutes = [
  instanceActivity,
  instanceDomainBlocks,
  extendedDescription,
  instanceLanguages,
  instancePeers,
  privacyPolicy,
  instanceRules,
  termsOfService,
  termsOfServiceOf,
  translationLanguages,
]
