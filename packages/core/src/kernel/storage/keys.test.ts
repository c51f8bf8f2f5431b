import { cardKey, emojiKey, idPartition, mediaKey, profileImageKey, withExtension } from './keys.ts'

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
