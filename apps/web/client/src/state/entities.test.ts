import type { Account, Status } from '@anancus/core/entities/types'
import { accounts, importStatus, patchStatus, sameStatusIds, statuses, statusIdsBy } from './entities.ts'

const account = (id: string) => ({ id, acct: id }) as Account
const status = (id: string, author: string, patch: Partial<Status> = {}) =>
  ({ id, account: account(author), reblog: null, quote: null, favourites_count: 0, ...patch }) as Status

describe('what the page has met', () => {
  it('is taken in with all that hangs on it', () => {
    importStatus(
      status('w', 'ann', {
        reblog: status('o', 'bob', { quote: { state: 'accepted', quoted_status: status('q', 'cat') } }),
      }),
    )
    expect(['w', 'o', 'q'].every((id) => statuses.get(id))).toBe(true)
    expect(['ann', 'bob', 'cat'].every((id) => accounts.get(id))).toBe(true)
  })

  it('keeps the viewer’s marks when a public stream sends a status without them', () => {
    importStatus(status('m', 'ann', { favourited: true, bookmarked: true }))
    importStatus(status('m', 'ann', { favourites_count: 5 }))
    expect(statuses.get('m')).toMatchObject({ favourited: true, bookmarked: true, favourites_count: 5 })
  })

  it('wakes only those who watch what changed', () => {
    importStatus(status('a', 'ann'))
    importStatus(status('b', 'ann'))
    const woken: string[] = []
    const stop = [
      statuses.subscribe('a', () => woken.push('a')),
      statuses.subscribe('b', () => woken.push('b')),
    ]
    patchStatus('b', { favourited: true })
    for (const end of stop) end()
    patchStatus('a', { favourited: true })
    expect(woken).toEqual(['b'])
  })

  it('knows a status together with its reblogs, and all of an author', () => {
    importStatus(status('x', 'dan'))
    importStatus(status('y', 'eve', { reblog: status('x', 'dan') }))
    expect(sameStatusIds('x').sort()).toEqual(['x', 'y'])
    expect(statusIdsBy('dan').sort()).toEqual(['x', 'y'])
    expect(statusIdsBy('eve')).toEqual(['y'])
  })
})
