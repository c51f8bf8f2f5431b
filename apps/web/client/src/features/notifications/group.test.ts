import type { Notification } from '@anancus/core/entities/types'
import { groupNotifications } from './group.ts'

const one = (id: string, type: string, account: string, group_key = `ungrouped-${id}`) =>
  ({
    id,
    type,
    account: { id: account },
    group_key,
    created_at: `t${id}`,
    status: null,
  }) as unknown as Notification

describe('notifications', () => {
  it('of one group become one, where the newest stands', () => {
    const groups = groupNotifications([
      one('5', 'favourite', 'ann', 'favourite-1-2'),
      one('4', 'mention', 'bob'),
      one('3', 'favourite', 'cat', 'favourite-1-2'),
      one('2', 'favourite', 'ann', 'favourite-1-2'),
    ])
    expect(groups).toEqual([
      {
        id: '5',
        type: 'favourite',
        statusId: null,
        accountIds: ['ann', 'cat'],
        collection: null,
        createdAt: 't5',
        ids: ['5', '3', '2'],
      },
      {
        id: '4',
        type: 'mention',
        statusId: null,
        collection: null,
        accountIds: ['bob'],
        createdAt: 't4',
        ids: ['4'],
      },
    ])
  })

  it('of a kind that says something each time stay apart', () => {
    expect(groupNotifications([one('2', 'mention', 'a', 'k'), one('1', 'mention', 'a', 'k')])).toHaveLength(2)
  })

  it('of different groups stay apart', () => {
    expect(
      groupNotifications([one('2', 'follow', 'a', 'follow-1'), one('1', 'follow', 'b', 'follow-2')]),
    ).toHaveLength(2)
  })
})
