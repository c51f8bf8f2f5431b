import { MEDIA_TYPES, type MediaAttachmentRow, type StoredMediaType, stored } from '@anancus/db'
import { mediaAttachmentJson } from './media-attachment.ts'

const house = {
  uris: { baseUrl: 'https://social.test', localDomain: 'social.test' },
  fileUrl: (key: string) => `https://files.test/${key}`,
}

function media(type: StoredMediaType, values: Partial<MediaAttachmentRow>): MediaAttachmentRow {
  return {
    id: '112345678901234567',
    type: stored(MEDIA_TYPES, type),
    remote_url: '',
    shortcode: null,
    processing: 2,
    blurhash: null,
    description: null,
    file_file_name: 'a.png',
    file_meta: null,
    file_storage_schema_version: 1,
    thumbnail_file_name: null,
    thumbnail_remote_url: null,
    thumbnail_storage_schema_version: null,
    ...values,
  } as MediaAttachmentRow
}

const FOLDER = 'media_attachments/files/112/345/678/901/234/567'

describe('mediaAttachmentJson', () => {
  it('shows an upload of ours whole', () => {
    const meta = { focus: { x: 0.5, y: -1 }, original: { width: 2, height: 1, size: '2x1', aspect: 2 } }
    const row = media('image', { shortcode: 'Ab', file_meta: meta, description: 'alt', blurhash: 'U' })
    expect(mediaAttachmentJson(house, row)).toEqual({
      id: '112345678901234567',
      type: 'image',
      url: `https://files.test/${FOLDER}/original/a.png`,
      preview_url: `https://files.test/${FOLDER}/small/a.png`,
      remote_url: null,
      preview_remote_url: null,
      text_url: 'https://social.test/media/Ab',
      meta,
      description: 'alt',
      blurhash: 'U',
    })
  })

  it('has no address while it is processed', () => {
    for (const processing of [0, 1, 3])
      expect(mediaAttachmentJson(house, media('video', { processing })).url).toBeNull()
  })

  it('sends a remote file that is not cached through the proxy', () => {
    const row = media('image', { remote_url: 'https://remote.example/a.png', file_file_name: null })
    expect(mediaAttachmentJson(house, row)).toMatchObject({
      url: 'https://social.test/media_proxy/112345678901234567/original',
      preview_url: 'https://social.test/media_proxy/112345678901234567/small',
      remote_url: 'https://remote.example/a.png',
      text_url: null,
    })
  })

  it('serves a cached remote file from the cache', () => {
    const row = media('image', { remote_url: 'https://remote.example/a.png' })
    expect(mediaAttachmentJson(house, row).url).toBe(`https://files.test/cache/${FOLDER}/original/a.png`)
  })

  it.each([
    ['gifv', 'a.mp4', `${FOLDER}/small/a.png`],
    ['video', 'a.webm', `${FOLDER}/small/a.png`],
    ['audio', 'a.mp3', null],
  ] as const)('previews %s', (type, name, preview) => {
    const json = mediaAttachmentJson(house, media(type, { file_file_name: name }))
    expect(json.preview_url).toBe(preview && `https://files.test/${preview}`)
  })

  it('prefers the picture its author gave', () => {
    const json = mediaAttachmentJson(
      house,
      media('audio', { file_file_name: 'a.mp3', thumbnail_file_name: 't.png' }),
    )
    expect(json.preview_url).toBe(
      'https://files.test/media_attachments/thumbnails/112/345/678/901/234/567/original/t.png',
    )
  })
})
