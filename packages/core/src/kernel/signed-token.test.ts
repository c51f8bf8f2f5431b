import { signedToken, subjectOfToken } from './signed-token.ts'

const config = { secretKeyBase: 'one secret' }
const now = new Date('2026-06-01T12:00:00Z')
const later = new Date('2026-06-02T12:00:00Z')

describe('signed tokens', () => {
  const token = signedToken(config, 'unsubscribe', '42', later)

  it('say what they are for, until they expire', () => {
    expect(subjectOfToken(config, 'unsubscribe', token, now)).toBe('42')
    expect(subjectOfToken(config, 'unsubscribe', token, later)).toBeNull()
  })

  it('are worth nothing for another purpose, under another secret, or changed', () => {
    expect(subjectOfToken(config, 'confirm', token, now)).toBeNull()
    expect(subjectOfToken({ secretKeyBase: 'another' }, 'unsubscribe', token, now)).toBeNull()
    expect(subjectOfToken(config, 'unsubscribe', token.replace('42', '43'), now)).toBeNull()
    const [subject, expiry, signature] = token.split('.')
    expect(subjectOfToken(config, 'unsubscribe', `${subject}.z${expiry}.${signature}`, now)).toBeNull()
    for (const text of ['', '42', '..', `${token}x`, 'é'.repeat(43)])
      expect(subjectOfToken(config, 'unsubscribe', text, now)).toBeNull()
  })
})
