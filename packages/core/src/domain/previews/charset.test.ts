import { pageText } from './charset.ts'

const shiftJis = Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea]) // 日本語
const windows1251 = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]) // Привет
const meta = (charset: string) => Buffer.from(`<html><head><meta charset="${charset}"><title>`)

it.each([
  ['what the server says', shiftJis, 'text/html; charset=Shift_JIS', '日本語'],
  ['quoted', windows1251, 'text/html; charset="windows-1251"', 'Привет'],
  ['a byte order mark before the server', Buffer.from('\ufeffgrün'), 'text/html; charset=iso-8859-1', 'grün'],
  ['UTF-16 by its mark', Buffer.from([0xff, 0xfe, 0x67, 0, 0xfc, 0]), 'text/html', 'gü'],
  ['UTF-8 without a word', Buffer.from('grün'), 'text/html', 'grün'],
  ['Western European where nothing else fits', Buffer.from([0x67, 0xfc, 0x98]), 'text/html', 'gü˜'],
  ['UTF-8 for an encoding nobody knows', Buffer.from('grün'), 'text/html; charset=klingon', 'grün'],
  [
    'no encoding that hides markup',
    Buffer.from('+ADw-script+AD4-'),
    'text/html; charset=utf-7',
    '+ADw-script+AD4-',
  ],
])('takes %s', (_, bytes, type, text) => {
  expect(pageText(bytes, type)).toBe(text)
})

it('takes what the page says where the server says nothing, or something that cannot be', () => {
  expect(pageText(Buffer.concat([meta('shift_jis'), shiftJis]), 'text/html')).toContain('日本語')
  expect(pageText(Buffer.concat([meta('shift_jis'), shiftJis]), 'text/html; charset=utf-8')).toContain(
    '日本語',
  )
  const old = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
  expect(pageText(Buffer.concat([Buffer.from(old), windows1251]), 'text/html')).toContain('Привет')
  // Whoever could say so in ASCII does not write UTF-16.
  expect(pageText(Buffer.concat([meta('utf-16'), Buffer.from('grün')]), 'text/html')).toContain('grün')
})

it('leaves out a character that the limit cut in two', () => {
  expect(pageText(Buffer.from('grü').subarray(0, 3), 'text/html')).toBe('gr')
})
