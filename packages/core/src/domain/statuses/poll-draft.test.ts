import { draftPoll, type PollParams } from './poll-draft.ts'

const NOW = new Date('2026-01-01T00:00:00Z')
const good: PollParams = { options: ['yes', 'no'], expiresIn: '300' }
const problems = (change: PollParams) => draftPoll({ ...good, ...change }, NOW).problems

it('reads options without blanks around them and the end from now', () => {
  const { poll, problems } = draftPoll({ ...good, options: [' yes ', '', 'no', ' '], multiple: true }, NOW)
  expect(problems).toEqual([])
  expect(poll).toEqual({
    options: ['yes', 'no'],
    multiple: true,
    hideTotals: false,
    expiresAt: new Date('2026-01-01T00:05:00Z'),
  })
})

it.each<[PollParams, string[]]>([
  [{ options: ['one'] }, ['Choices must have more than one item']],
  [{ options: undefined }, ['Choices must have more than one item']],
  [{ options: ['a', 'b', 'c', 'd', 'e'] }, ["Choices can't contain more than 4 items"]],
  [{ options: ['a', 'x'.repeat(51)] }, ['Choices cannot be longer than 50 characters each']],
  [{ options: ['a', '👩‍👩‍👧'.repeat(50)] }, []],
  [{ options: ['a', 'a '] }, ['Choices contain duplicate items']],
  [{ expiresIn: undefined }, ["Deadline can't be blank"]],
  [{ expiresIn: ' ' }, ["Deadline can't be blank"]],
  [{ expiresIn: '299' }, ['Deadline is too soon']],
  [{ expiresIn: '-1' }, ['Deadline is too soon']],
  [{ expiresIn: 'soon' }, ['Deadline is too soon']],
  [{ expiresIn: '2629746' }, []],
  [{ expiresIn: '2629747' }, ['Deadline is too far into the future']],
  [{ expiresIn: '9'.repeat(400) }, ['Deadline is too far into the future']],
])('%j: %j', (change, expected) => {
  expect(problems(change)).toEqual(expected)
})

it('SEC-DOS-04 an option of a megabyte is refused at once', () => {
  const started = performance.now()
  expect(problems({ options: ['a', 'é'.repeat(1_000_000)] })).toHaveLength(1)
  expect(performance.now() - started).toBeLessThan(10_000)
})
