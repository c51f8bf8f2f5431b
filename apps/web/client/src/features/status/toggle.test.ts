import type { Status } from '@anancus/core/entities/types'
import { actFor, isOn, toggled } from './toggle.ts'

const status = (patch: Partial<Status>) => ({ favourites_count: 2, reblogs_count: 0, ...patch }) as Status

describe('turning over what one did with a post', () => {
  it('counts up and marks it', () => {
    expect(actFor(status({}), 'favourite')).toBe('favourite')
    expect(toggled(status({ favourited: false }), 'favourite')).toEqual({
      favourited: true,
      favourites_count: 3,
    })
  })

  it('counts down and takes the mark away, never below nothing', () => {
    const reblogged = status({ reblogged: true, reblogs_count: 0 })
    expect(actFor(reblogged, 'reblog')).toBe('unreblog')
    expect(toggled(reblogged, 'reblog')).toEqual({ reblogged: false, reblogs_count: 0 })
  })

  it('has no count of bookmarks', () => {
    expect(toggled(status({ bookmarked: true }), 'bookmark')).toEqual({ bookmarked: false })
    expect(isOn(status({}), 'bookmark')).toBe(false)
  })
})
