import {
  backupKey,
  cardKey,
  emojiKey,
  idPartition,
  mediaKey,
  mediaThumbnailKey,
  profileImageKey,
  siteUploadKey,
  withExtension,
} from './keys.ts'

describe('idPartition', () => {
  it.each([
    ['7', '000/000/007'],
    ['123456789', '123/456/789'],
    ['999999999', '999/999/999'],
    ['1000000000', '001/000/000/000'],
    ['112345678901234567', '112/345/678/901/234/567'],
  ])('%s → %s', (id, path) => {
    expect(idPartition(id)).toBe(path)
  })
})

describe('keys', () => {
  it('changes the last extension only', () => {
    expect(withExtension('a.b.gif', 'png')).toBe('a.b.png')
    expect(withExtension('noextension', 'png')).toBe('noextension.png')
    expect(withExtension('.hidden', 'png')).toBe('.hidden.png')
  })

  it('keeps copies of remote files below cache/, unless the row is older than that', () => {
    const account = {
      id: '5',
      domain: 'remote.example',
      avatar_file_name: 'a.png',
      avatar_storage_schema_version: 1,
      header_file_name: 'h.png',
      header_storage_schema_version: null,
    }
    expect(profileImageKey(account, 'avatar', 'original')).toBe(
      'cache/accounts/avatars/000/000/005/original/a.png',
    )
    expect(profileImageKey(account, 'header', 'original')).toBe('accounts/headers/000/000/005/original/h.png')
    expect(profileImageKey({ ...account, domain: null }, 'avatar', 'static')).toBe(
      'accounts/avatars/000/000/005/static/a.png',
    )
  })

  it('is null where there is no file', () => {
    const emoji = { id: '1', domain: null, image_file_name: null, image_storage_schema_version: null }
    const media = {
      id: '1',
      type: 0,
      remote_url: '',
      file_file_name: null,
      file_storage_schema_version: null,
    }
    expect(emojiKey(emoji, 'original')).toBeNull()
    expect(mediaKey(media, 'original')).toBeNull()
    expect(cardKey({ id: '1', image_file_name: null, image_storage_schema_version: 1 })).toBeNull()
  })
})

/** Every class of files under the key that Mastodon has for it: a bucket or a folder moves over as it is. */
describe('the layout of Mastodon', () => {
  const ID = '112345678901234567'
  const here = {
    id: ID,
    remote_url: '',
    domain: null,
    file_storage_schema_version: 1,
    thumbnail_storage_schema_version: 1,
    image_storage_schema_version: 1,
    avatar_storage_schema_version: 1,
    header_storage_schema_version: 1,
    file_file_name: 'f.jpg',
    thumbnail_file_name: 't.png',
    avatar_file_name: 'a.gif',
    header_file_name: 'h.png',
    image_file_name: 'i.gif',
    dump_file_name: 'archive.zip',
  }
  const remote = { ...here, remote_url: 'https://far.example/f.jpg', domain: 'far.example' }
  const film = { ...here, type: 2, file_file_name: 'f.mp4' }
  const part = '112/345/678/901/234/567'

  it.each([
    [mediaKey({ ...here, type: 0 }, 'original'), `media_attachments/files/${part}/original/f.jpg`],
    [mediaKey({ ...here, type: 0 }, 'small'), `media_attachments/files/${part}/small/f.jpg`],
    [mediaKey(film, 'original'), `media_attachments/files/${part}/original/f.mp4`],
    [mediaKey(film, 'small'), `media_attachments/files/${part}/small/f.png`],
    [mediaKey({ ...remote, type: 0 }, 'original'), `cache/media_attachments/files/${part}/original/f.jpg`],
    [mediaThumbnailKey(here), `media_attachments/thumbnails/${part}/original/t.png`],
    [mediaThumbnailKey(remote), `cache/media_attachments/thumbnails/${part}/original/t.png`],
    [profileImageKey(here, 'avatar', 'original'), `accounts/avatars/${part}/original/a.gif`],
    [profileImageKey(here, 'avatar', 'static'), `accounts/avatars/${part}/static/a.png`],
    [profileImageKey(remote, 'avatar', 'original'), `cache/accounts/avatars/${part}/original/a.gif`],
    [profileImageKey(here, 'header', 'original'), `accounts/headers/${part}/original/h.png`],
    [profileImageKey(remote, 'header', 'original'), `cache/accounts/headers/${part}/original/h.png`],
    [emojiKey(here, 'original'), `custom_emojis/images/${part}/original/i.gif`],
    [emojiKey(here, 'static'), `custom_emojis/images/${part}/static/i.png`],
    [emojiKey(remote, 'original'), `cache/custom_emojis/images/${part}/original/i.gif`],
    [cardKey(here), `cache/preview_cards/images/${part}/original/i.gif`],
    [siteUploadKey({ ...here, id: '7' }, '@1x'), 'site_uploads/files/000/000/007/@1x/f.jpg'],
    [backupKey({ ...here, id: '7' }), 'backups/dumps/000/000/007/original/archive.zip'],
  ])('%s', (key, expected) => expect(key).toBe(expected))
})
