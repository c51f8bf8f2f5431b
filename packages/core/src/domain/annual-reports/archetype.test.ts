import { archetypeOf } from './archetype.ts'

const counts = { polls: 0, reblogs: 0, replies: 0, standalone: 0 }

it.each([
  ['lurker', { standalone: 112 }],
  ['booster', { standalone: 50, reblogs: 101 }],
  ['pollster', { standalone: 113, polls: 12 }],
  ['replier', { standalone: 50, replies: 101 }],
  ['oracle', { standalone: 113, polls: 11 }],
])('somebody is a %s', (archetype, some) => {
  expect(archetypeOf({ ...counts, ...some })).toBe(archetype)
})
