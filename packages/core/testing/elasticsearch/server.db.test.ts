import { loadConfig } from '../../src/kernel/config.ts'
import { closeElasticsearch, elasticsearchOf } from '../../src/kernel/elasticsearch.ts'
import { FakeElasticsearch } from './server.ts'

/** The stand-in has to be able to say no: what it takes for good is worth nothing otherwise. */

let fake: FakeElasticsearch
let config: ReturnType<typeof loadConfig>

beforeAll(async () => {
  fake = await FakeElasticsearch.start()
  config = loadConfig({ NODE_ENV: 'test', ...fake.env })
})
afterAll(async () => {
  await closeElasticsearch(config)
  await fake.stop()
})

const settings = {
  index: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: '5s', gc_deletes: '10m' },
  analysis: { analyzer: { plain: { type: 'custom', tokenizer: 'standard', filter: ['lowercase'] } } },
}
const properties = { id: { type: 'long' }, text: { type: 'text', analyzer: 'plain' }, at: { type: 'date' } }
const mappings = { dynamic: 'strict', properties }

beforeEach(async () => {
  fake.forget()
  await ask('PUT', '/birds_1', { settings, mappings, aliases: { birds: {} } })
})

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const client = await elasticsearchOf(config)
  return client.transport.request({ method, path, ...(body === undefined ? {} : { body: body as object }) })
}
const searching = (query: unknown, more: object = {}) =>
  ask('POST', '/birds/_search', {
    query,
    size: 5,
    sort: [{ id: { order: 'desc' } }],
    _source: false,
    track_total_hits: false,
    ...more,
  })
async function write(id: string, version: number, document: object | null, alias = 'birds') {
  const client = await elasticsearchOf(config)
  const where = { _index: alias, _id: id, version, version_type: 'external' as const }
  const operations = document ? [{ index: { ...where, require_alias: true } }, document] : [{ delete: where }]
  const { items } = await client.bulk({ operations })
  const outcome = items[0]?.index ?? items[0]?.delete
  return [outcome?.status, outcome?.error?.type ?? outcome?.result]
}

describe('the stand-in for Elasticsearch', () => {
  it.each([
    ['an unknown query', { query_string: { query: 'a' } }],
    ['an unknown key', { match_phrase: { text: { query: 'a', fuzziness: 2 } } }],
    ['a field that is not mapped', { term: { txt: 'a' } }],
    ['a term of a text', { term: { text: 'a' } }],
    ['text for a number', { term: { id: 'a' } }],
    ['a phrase of a number', { match_phrase: { id: '1' } }],
    ['two queries in one', { term: { id: 1 }, match_all: {} }],
    ['a range by an unknown word', { range: { id: { above: 1 } } }],
    [
      'a day that there is not',
      { range: { at: { gte: '2026-02-30', format: 'yyyy-MM-dd', time_zone: 'UTC' } } },
    ],
    [
      'a time zone that there is not',
      { range: { at: { gte: '2026-02-03', format: 'yyyy-MM-dd', time_zone: 'Moon/Sea' } } },
    ],
    [
      'an operator of a phrase',
      { multi_match: { query: 'a', type: 'phrase', operator: 'and', fields: ['text'] } },
    ],
  ])('refuses %s', async (_what, query) => {
    await expect(searching(query)).rejects.toMatchObject({ statusCode: 400 })
    expect(fake.refused).toHaveLength(1)
  })

  it.each([
    ['an unknown parameter', { explain: true }],
    ['more than it gives', { size: 10_001 }],
    ['to sort by what is not mapped', { sort: [{ name: { order: 'asc' } }] }],
  ])('refuses %s of a search', async (_what, more) => {
    await expect(searching({ match_all: {} }, more)).rejects.toMatchObject({ statusCode: 400 })
  })

  it.each([
    [
      'an unknown filter',
      {
        settings: {
          ...settings,
          analysis: { analyzer: { a: { type: 'custom', tokenizer: 'standard', filter: ['magic'] } } },
        },
        mappings,
      },
    ],
    [
      'an analyzer that is not there',
      { settings, mappings: { ...mappings, properties: { text: { type: 'text', analyzer: 'other' } } } },
    ],
    [
      'an unknown kind of field',
      { settings, mappings: { ...mappings, properties: { text: { type: 'string' } } } },
    ],
    ['an unknown setting', { settings: { index: { shards: 1 } }, mappings }],
  ])('makes no index with %s', async (_what, body) => {
    await expect(ask('PUT', '/trees', body)).rejects.toMatchObject({ statusCode: 400 })
    expect([...fake.cluster.indices.keys()]).toEqual(['birds_1'])
  })

  it('takes documents of the mapping only, and of two versions the newer', async () => {
    expect(await write('1', 5, { id: '1', text: 'a' })).toEqual([201, 'created'])
    expect(await write('1', 5, { id: '1', text: 'b' })).toEqual([409, 'version_conflict_engine_exception'])
    expect(await write('1', 6, null)).toEqual([200, 'deleted'])
    expect(await write('1', 5, { id: '1', text: 'a' })).toEqual([409, 'version_conflict_engine_exception'])
    expect(await write('2', 1, null)).toEqual([404, 'not_found'])
    expect(await write('3', 1, { id: '3', name: 'x' })).toEqual([400, 'strict_dynamic_mapping_exception'])
    expect(await write('3', 1, { id: 'x' })).toEqual([400, 'document_parsing_exception'])
    expect(await write('3', 1, { id: '3' }, 'birds_1')).toEqual([404, 'index_not_found_exception'])
    expect(await write('3', 1, null, 'nothing')).toEqual([400, 'would_be_made_by_writing'])
  })

  it('shows what was written after a refresh only', async () => {
    await write('1', 1, { id: '115823000000000001', text: 'A finch' })
    const ids = async () =>
      ((await searching({ match_phrase: { text: 'FINCH' } })) as { hits: { hits: { _id: string }[] } }).hits
        .hits
    expect(await ids()).toEqual([])
    await ask('GET', '/birds/_refresh')
    expect(await ids()).toMatchObject([{ _id: '1' }])
  })

  it('exchanges names all at once, or not at all', async () => {
    await ask('PUT', '/birds_2', { settings, mappings })
    const actions = [
      { remove_index: { index: 'birds_1' } },
      { add: { index: 'birds_2', alias: 'birds' } },
      { remove: { index: 'birds_2', alias: 'other' } },
    ]
    await expect(ask('POST', '/_aliases', { actions })).rejects.toMatchObject({ statusCode: 404 })
    expect(fake.cluster.resolve('birds').map((index) => index.name)).toEqual(['birds_1'])
    await ask('POST', '/_aliases', { actions: actions.slice(0, 2) })
    expect(fake.cluster.resolve('birds').map((index) => index.name)).toEqual(['birds_2'])
  })

  it('knows no other paths, methods and parameters', async () => {
    for (const [method, path] of [
      ['GET', '/_cat/indices'],
      ['PATCH', '/birds'],
      ['GET', '/birds/_refresh?force=true'],
    ] as const)
      await expect(ask(method, path)).rejects.toMatchObject({ statusCode: 400 })
    await expect(ask('DELETE', '/birds')).rejects.toMatchObject({ statusCode: 400 })
    await expect(ask('POST', '/trees/_search', { query: { match_all: {} } })).rejects.toMatchObject({
      statusCode: 400,
    })
  })
})
