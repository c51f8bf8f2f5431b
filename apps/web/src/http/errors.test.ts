import { answerTo } from './errors.ts'

it.each([
  'Connection is closed.',
  "Stream isn't writeable and enableOfflineQueue options is false",
  'Command timed out',
  'Connection terminated unexpectedly',
  'timeout exceeded when trying to connect',
])('a store that is away (%s) is a temporary problem, told as nothing else', (message) => {
  expect(answerTo(new Error(message))).toEqual({
    status: 503,
    body: { error: 'There was a temporary problem serving your request, please try again' },
    headers: {},
    isOurs: true,
  })
})

it('SEC-INFO-03 what nobody expected is told as nothing at all', () => {
  const error = Object.assign(new Error('canary'), { detail: 'canary', code: 'XX000', status: 'canary' })
  expect(answerTo(error)).toEqual({
    status: 500,
    body: { error: 'Internal Server Error' },
    headers: {},
    isOurs: true,
  })
})
