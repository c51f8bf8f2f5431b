import { scanEntities, scanMentions } from './scan.ts'

export interface Handle {
  username: string
  /** Null where the text names none: an account of ours. */
  domain: string | null
}

/** The handles a text addresses, in order; each once, without regard to case. */
export function extractMentions(text: string): Handle[] {
  const handles = new Map<string, Handle>()
  for (const { username, domain } of scanMentions(text)) {
    const key = `${username}@${domain ?? ''}`.toLowerCase()
    if (!handles.has(key)) handles.set(key, { username, domain })
  }
  return [...handles.values()]
}

/** The hashtags of a text as they were typed, without `#`, in order; one inside a link does not count. */
export function extractHashtags(text: string): string[] {
  return scanEntities(text).flatMap((entity) => (entity.kind === 'hashtag' ? [entity.name] : []))
}

/** The links of a text as they were typed, in order, each once. */
export function extractLinks(text: string): string[] {
  return [...new Set(scanEntities(text).flatMap((entity) => (entity.kind === 'url' ? [entity.url] : [])))]
}
