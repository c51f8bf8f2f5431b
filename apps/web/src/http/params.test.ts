import { z } from 'zod'
import { parseQuery } from './param-tree.ts'
import {
  arrayParam,
  booleanParam,
  flagParam,
  hashParam,
  idParam,
  idsParam,
  integerParam,
  limitParam,
  optionalIdParam,
  recordsParam,
  stringParam,
  windowOf,
  windowParams,
} from './params.ts'

const read = <T extends z.ZodType>(schema: T, value?: unknown) =>
  (z.object({ x: schema }).parse(value === undefined ? {} : { x: value }) as { x?: unknown }).x

describe('booleanParam', () => {
  it.each([false, 0, '0', 'f', 'F', 'false', 'FALSE', 'off', 'OFF'])('reads %p as false', (value) => {
    expect(read(booleanParam, value)).toBe(false)
  })
  it.each([true, 1, '1', 'no', 'true', 'yes'])('reads %p as true', (value) => {
    expect(read(booleanParam, value)).toBe(true)
  })
  it('reads absent, null and empty as nothing, or as the fallback', () => {
    for (const value of [undefined, null, '', [], ['1'], parseQuery('a[b]=1').root.a]) {
      expect(read(booleanParam, value)).toBeUndefined()
      expect(read(flagParam(true), value)).toBe(true)
    }
  })
})

describe('limitParam', () => {
  it.each([
    [undefined, 20],
    [null, 20],
    ['', 0],
    ['abc', 0],
    ['0', 0],
    ['-7', 7],
    ['15x', 15],
    ['999', 40],
    [5, 5],
  ])('reads %p as %p', (value, expected) => {
    expect(read(limitParam(20), value)).toBe(expected)
  })
})

describe('ids', () => {
  it('finds nothing under what cannot be an id', () => {
    for (const value of [undefined, 'abc', '1; drop', '99999999999999999999999', ['1'], {}])
      expect(() => read(idParam, value)).toThrow('Record not found')
    expect(read(idParam, '123')).toBe('123')
    expect(read(optionalIdParam, '')).toBeUndefined()
    expect(read(idsParam(), ['1', 'x', '2'])).toEqual(['1', '2'])
  })
})

describe('other pieces', () => {
  it('drops a scalar where a list is expected, or wraps it', () => {
    expect(read(arrayParam(), 'a')).toBeUndefined()
    expect(read(arrayParam({ wrap: true }), 'a')).toEqual(['a'])
    expect(read(arrayParam(), [])).toEqual([])
  })

  it('makes text of JSON numbers and drops structures', () => {
    expect(read(stringParam, 5)).toBe('5')
    expect(read(stringParam, { a: 1 })).toBeUndefined()
    expect(read(integerParam, '12abc')).toBe(12)
    expect(read(integerParam, 'abc')).toBe(0)
  })

  it('reads lists of hashes from lists and from numbered hashes, in order', () => {
    const tree = parseQuery('x[10][n]=c&x[2][n]=b&x[0][n]=a').root
    expect(read(recordsParam, tree.x)).toEqual([{ n: 'a' }, { n: 'b' }, { n: 'c' }])
    expect(read(recordsParam, [{ n: 'a' }, 'b'])).toEqual([{ n: 'a' }])
  })

  it('reads a hash by a schema', () => {
    expect(read(hashParam({ a: flagParam(false) }), { a: '1', b: 2 })).toEqual({ a: true })
    expect(read(hashParam({ a: booleanParam }), 'text')).toBeUndefined()
  })

  it('reads the bounds of a page', () => {
    const schema = z.object(windowParams(20))
    const window = windowOf(schema.parse({ max_id: '12', min_id: 'abc', since_id: '9'.repeat(30) }))
    expect(window).toEqual({ limit: 20, maxId: '12', minId: '0', sinceId: '9223372036854775807' })
  })
})
