import { drill } from './support/fifty-hosts.ts'

describe('a host that hangs, one that fails, one that redirects inwards and one that talks without end', () => {
  it('SEC-DOS-09 R-05 keep nothing from the others, and get no more hands than their share', async () => {
    const posts = 12
    const { hasEverybody, atUnwell } = await drill(12, posts, [
      'hangs',
      'fails',
      'redirects inwards',
      'talks without end',
    ])
    expect(hasEverybody).toBe(true)
    // Three at once until it is known not to answer, one after another from then on.
    expect(atUnwell.hangs).toBeLessThanOrEqual(3)
    expect(atUnwell['redirects inwards']).toBeLessThanOrEqual(posts)
    expect(atUnwell['talks without end']).toBeGreaterThan(0)
  }, 90_000)
})
