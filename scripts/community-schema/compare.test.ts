import { differencesIn, explanationsIn } from './compare.ts'

const schema = {
  paths: {
    '/api/v1/birds/{name}': {
      get: {
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Bird' } } } },
        },
      },
    },
    '/api/v1/nests': { get: { responses: { 200: {} } } },
  },
  components: {
    schemas: {
      Bird: {
        type: 'object',
        required: ['song', 'eggs'],
        properties: {
          song: { type: 'string' },
          eggs: { type: 'array', items: { type: 'object', required: ['colour'] } },
        },
      },
    },
  },
}
const answer = (path: string, body: unknown, status = 200) => ({ path, status, body })

it('finds no difference in what is as described, whatever the parts of the path are called', () => {
  const found = differencesIn(schema, [answer('/api/v1/birds/:id', { song: 'tsee', eggs: [], more: 1 })])
  expect([found.checked, [...found.differences]]).toEqual([1, []])
})

it('names each difference once, for every answer and every item alike', () => {
  const { differences } = differencesIn(schema, [
    answer('/api/v1/birds/:id', { song: 1, eggs: [{ colour: 'blue' }, {}] }),
    answer('/api/v1/birds/:id', { song: null, eggs: [{}] }, 206),
    answer('/api/v1/birds/:id', { eggs: [] }),
  ])
  expect([...differences].sort()).toEqual([
    '/api/v1/birds/:id: required "song"',
    'eggs: required "colour"',
    'song: type "string"',
  ])
})

it('tells what is not described', () => {
  const { checked, differences } = differencesIn(schema, [
    answer('/api/v1/nests', []),
    answer('/api/v1/owls', []),
  ])
  expect([checked, [...differences]]).toEqual([
    0,
    ['GET /api/v1/nests: no schema', 'GET /api/v1/owls: no schema'],
  ])
})

it('reads explanations from the first column of a table', () => {
  const page = '| Difference | Why |\n| --- | --- |\n| `song: type "string"` | Birds hum. |\n\n`eggs` | no |'
  expect([...explanationsIn(page)]).toEqual(['song: type "string"'])
})
