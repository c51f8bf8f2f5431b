import { AS } from '../vocabulary.ts'

const PROFILE = /;\s*profile\s*=\s*(?:"([^"]*)"|([^\s;]+))/i

/**
 * Whether a response says that it is an ActivityPub document: `application/activity+json`, or `application/ld+json`
 * whose profile holds the ActivityStreams one. Anything else may be a file that a user of that server uploaded.
 */
export function isActivityPubType(contentType: string | undefined): boolean {
  if (contentType === undefined) return false
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/activity+json') return true
  if (type !== 'application/ld+json') return false
  const profile = PROFILE.exec(contentType)
  return (profile?.[1] ?? profile?.[2] ?? '').split(/\s+/).includes(AS)
}
