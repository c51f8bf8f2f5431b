import { withToggled } from './with-reaction.ts'

describe('withToggled', () => {
  it('gives, joins, leaves and takes away', () => {
    const given = withToggled([], '🦊')
    expect(given).toEqual([{ name: '🦊', count: 1, me: true }])
    expect(withToggled(given, '🦊')).toEqual([])
    const others = [{ name: '🐻', count: 2, me: false, url: 'https://x.example/b.png' }]
    const joined = withToggled(others, '🐻')
    expect(joined).toEqual([{ name: '🐻', count: 3, me: true, url: 'https://x.example/b.png' }])
    expect(withToggled(joined, '🐻')).toEqual(others)
  })
})
