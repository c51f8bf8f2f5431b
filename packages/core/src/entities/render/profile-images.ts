import type { Graph, ShownAccount } from '../../graph/index.ts'
import { profileImageKey } from '../../kernel/storage/keys.ts'

export interface ProfileImages {
  avatar: string
  avatar_static: string
  header: string
  header_static: string
}

/** Addresses of avatar and header; where none was set, of ours. The still version differs for GIFs only. */
export function profileImages(graph: Pick<Graph, 'fileUrl' | 'uris'>, account: ShownAccount): ProfileImages {
  const avatar = image(graph, account, 'avatar')
  const header = image(graph, account, 'header')
  return {
    avatar: avatar.moving,
    avatar_static: avatar.still,
    header: header.moving,
    header_static: header.still,
  }
}

function image(graph: Pick<Graph, 'fileUrl' | 'uris'>, account: ShownAccount, kind: 'avatar' | 'header') {
  const key = profileImageKey(account, kind, 'original')
  if (key === null) {
    const missing = missingImage(graph, kind)
    return { moving: missing, still: missing }
  }
  const isGif = account[`${kind}_content_type`] === 'image/gif'
  const stillKey = isGif ? profileImageKey(account, kind, 'static') : key
  return { moving: graph.fileUrl(key), still: graph.fileUrl(stillKey ?? key) }
}

/** What is shown of somebody whose pictures may not be. */
export function defaultImages(graph: Pick<Graph, 'uris'>): ProfileImages {
  const avatar = missingImage(graph, 'avatar')
  const header = missingImage(graph, 'header')
  return { avatar, avatar_static: avatar, header, header_static: header }
}

function missingImage(graph: Pick<Graph, 'uris'>, kind: 'avatar' | 'header'): string {
  return `${graph.uris.baseUrl}/${kind}s/original/missing.png`
}
