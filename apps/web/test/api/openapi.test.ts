import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { checkAnswer, routeOf } from '../support/answers.ts'

const document = JSON.parse(
  readFileSync(new URL('../../src/api/openapi/openapi.gen.json', import.meta.url), 'utf8'),
)

const seen =
  (path: string, status: number, body: unknown, method = 'GET') =>
  () =>
    checkAnswer({ method, path, status, text: typeof body === 'string' ? body : JSON.stringify(body) })

describe('answers held against the description', () => {
  const list = { id: '1', title: 'Friends', replies_policy: 'list', exclusive: false }

  it('pass as they should be', () => {
    expect(seen('/api/v1/lists/1', 200, list)).not.toThrow()
    expect(seen('/api/v1/lists?x=1', 200, [list])).not.toThrow()
    expect(seen('/api/v1/lists/1', 404, { error: 'Record not found' })).not.toThrow()
    expect(seen('/api/v1/instance/peers', 404, '')).not.toThrow()
  })

  it.each([
    ['a field that nobody described', { ...list, colour: 'red' }],
    ['another type', { ...list, exclusive: 'no' }],
    ['an id that is a number', { ...list, id: 1 }],
    ['a word that is none of those it may be', { ...list, replies_policy: 'everyone' }],
    ['a missing field', { id: '1', title: 'Friends', exclusive: false }],
    ['a list where one is asked for', [list]],
    ['null', null],
    ['no body', ''],
  ])('are refused for %s', (_what, body) => {
    expect(seen('/api/v1/lists/1', 200, body)).toThrow(/GET \/api\/v1\/lists\/:id answered 200/)
  })

  it('are refused for a status or a body of an error that is not described', () => {
    expect(seen('/api/v1/lists/1', 418, { error: 'teapot' })).toThrow(/does not know/)
    expect(seen('/api/v1/lists/1', 422, { errors: ['x'] })).toThrow(/answered 422/)
    expect(seen('/api/v1/lists/1', 200, 'x', 'DELETE')).toThrow(/no JSON/)
    expect(seen('/api/v1/lists/1', 200, list, 'DELETE')).toThrow(/answered 200/)
  })

  it('are those of the route that the server picks', () => {
    expect(routeOf('GET', '/api/v1/accounts/lookup')?.path).toBe('/api/v1/accounts/lookup')
    expect(routeOf('GET', '/api/v1/accounts/1')?.path).toBe('/api/v1/accounts/:id')
    expect(routeOf('PATCH', '/api/v1/lists/1')?.path).toBe('/api/v1/lists/:id')
    expect(routeOf('GET', '/api/v1/nothing/there')).toBeUndefined()
  })
})

describe('the document', () => {
  const operations = Object.entries<Record<string, Record<string, unknown>>>(document.paths).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

  it('is OpenAPI 3.1, as its own schema says', async () => {
    const validator = new Validator()
    expect(await validator.validate(document)).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('refers to nothing that is not in it', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)]
    const missing = refs.filter(([, kind = '', name = '']) => !document.components[kind]?.[name])
    expect([...new Set(missing.map(([ref]) => ref))]).toEqual([])
    expect(refs.length).toBeGreaterThan(500)
  })

  it('names every operation once and says what each does', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(operations.filter(({ operation }) => !operation.summary)).toEqual([])
  })

  it('describes every parameter in a path', () => {
    for (const { path, operation } of operations) {
      const inPath = ((operation.parameters ?? []) as { name: string; in: string }[])
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name)
      expect([path, inPath]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)])
    }
  })

  it('says of every parameter what is to be sent', () => {
    const nameless: string[] = []
    for (const { path, method, operation } of operations) {
      const parameters = (operation.parameters ?? []) as { name: string; schema: object }[]
      for (const { name, schema } of parameters)
        if (Object.keys(schema).length === 0) nameless.push(`${method} ${path} ${name}`)
      const body = operation.requestBody as Record<string, never> | undefined
      const properties = (body as unknown as BodyOf)?.content['application/json'].schema.properties ?? {}
      for (const [name, schema] of Object.entries(properties))
        if (Object.keys(schema).length === 0) nameless.push(`${method} ${path} ${name}`)
    }
    expect(nameless).toEqual([])
  })
})

interface BodyOf {
  content: { 'application/json': { schema: { properties: Record<string, object> } } }
}
