import { parseKey } from './parse-key.ts'

describe('parseKey', () => {
  it.each([
    [
      'media_attachments/files/112/345/678/901/234/567/original/a.png',
      { table: 'media_attachments', attachment: 'files', id: '112345678901234567', style: 'original' },
    ],
    [
      'cache/accounts/avatars/000/000/005/static/a.png',
      { table: 'accounts', attachment: 'avatars', id: '5', style: 'static' },
    ],
    [
      'site_uploads/files/000/000/001/@2x/a.png',
      { table: 'site_uploads', attachment: 'files', id: '1', style: '@2x' },
    ],
  ])('reads %s', (key, parts) => expect(parseKey(key)).toEqual({ ...parts, fileName: 'a.png' }))

  it.each([
    '',
    'a.png',
    'media_attachments/files/original/a.png',
    'media_attachments/files/000/000/005/a.png',
    'media_attachments/files/000/0x0/005/original/a.png',
    'media_attachments/files/000/000/005/original/deep/a.png',
    'media_attachments/files/999/999/999/999/999/999/999/original/a.png',
    '../media_attachments/files/000/000/005/original/a.png',
  ])('knows nothing of %j', (key) => expect(parseKey(key)).toBeNull())
})
