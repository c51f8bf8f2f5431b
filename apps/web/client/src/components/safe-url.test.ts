import { safeUrl } from './safe-url.ts'

describe('an address from elsewhere', () => {
  it('is followed over http', () => {
    expect(safeUrl('https://a.example/x')).toBe('https://a.example/x')
    expect(safeUrl('http://a.example')).toBe('http://a.example/')
  })

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'blob:x',
    '/x',
    '',
    null,
    undefined,
  ])('is not followed when it is %p (SEC-XSS-04)', (address) => {
    expect(safeUrl(address)).toBeUndefined()
  })
})
