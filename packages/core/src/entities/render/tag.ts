import type { TagRow } from '@anancus/db'
import { tagUrl, type Uris } from '../../kernel/uris.ts'
import type { Tag } from '../types/index.ts'

/**
 * @param history newest first; see `TagHistory`
 * @see https://docs.joinmastodon.org/entities/Tag/
 */
export function tagJson(
  uris: Uris,
  tag: Pick<TagRow, 'name' | 'display_name'> & { id: string | null },
  history: Tag['history'],
  viewerPart: { following?: boolean; featuring?: boolean } = {},
): Tag {
  return {
    id: tag.id ?? '',
    name: tag.display_name ?? tag.name,
    url: tagUrl(uris, tag.name),
    history,
    ...viewerPart,
  }
}
