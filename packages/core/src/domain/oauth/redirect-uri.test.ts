import { isRegistered, problemOfRedirectUri, withParams } from './redirect-uri.ts'

it.each([
  'https://a.test/cb',
  'http://localhost:3000/',
  'myapp://cb',
  'com.example.app:/cb',
  'urn:ietf:wg:oauth:2.0:oob',
])('takes %s', (uri) => expect(problemOfRedirectUri(uri)).toBeNull())

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'https://a.test/#f',
  '/path',
  'a.test',
  'https://',
])('refuses %s', (uri) => expect(problemOfRedirectUri(uri)).not.toBeNull())

it('compares to the letter, but for the port of a loopback address', () => {
  const app = { redirect_uri: 'https://a.test/cb\nhttp://127.0.0.1/cb' }
  expect(isRegistered(app, 'https://a.test/cb')).toBe(true)
  expect(isRegistered(app, 'http://127.0.0.1:8080/cb')).toBe(true)
  for (const uri of [
    'https://a.test/cb/',
    'https://A.test/cb',
    'http://127.0.0.1:8080/cb?x',
    'https://127.0.0.1:1/cb',
  ])
    expect(isRegistered(app, uri)).toBe(false)
})

it('adds parameters to what is there', () => {
  expect(withParams('https://a.test/cb?x=1', { code: 'c d', state: undefined })).toBe(
    'https://a.test/cb?x=1&code=c+d',
  )
  expect(withParams('app://cb', { code: 'c' }, 'fragment')).toBe('app://cb#code=c')
})
