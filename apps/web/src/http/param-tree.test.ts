import { parseQuery, treeOfJson } from './param-tree.ts'

const read = (query: string) => parseQuery(query).root

describe('parseQuery', () => {
  it('reads lists, hashes and lists of hashes as Rack does', () => {
    expect(read('a=1&b[]=1&b[]=2&c[d][e]=3')).toEqual({ a: '1', b: ['1', '2'], c: { d: { e: '3' } } })
    expect(read('m[][id]=1&m[][focus]=x&m[][id]=2')).toEqual({ m: [{ id: '1', focus: 'x' }, { id: '2' }] })
    expect(read('f[0][name]=x&f[1][name]=y')).toEqual({ f: { 0: { name: 'x' }, 1: { name: 'y' } } })
    expect(read('o[p][]=a&o[p][]=b')).toEqual({ o: { p: ['a', 'b'] } })
  })

  it('keeps a list of forty ids a list', () => {
    const ids = Array.from({ length: 40 }, (_, index) => String(index))
    expect(read(ids.map((id) => `id[]=${id}`).join('&'))).toEqual({ id: ids })
  })

  it('lets the last of equal names win, reads + as a space and a bare name as empty', () => {
    expect(read('a=1&a=2&b=x+y&c&=z&&')).toEqual({ a: '2', b: 'x y', c: '' })
  })

  it.each(['a=%FF', 'a=%C3%28', 'a=%zz', '%FF=1', 'a=%00', 'a=1&a[b]=2', 'a[]=1&a[b]=2', 'a[b]=1&a[]=2'])(
    'refuses %s with 400',
    (query) => {
      expect(() => read(query)).toThrow(expect.objectContaining({ status: 400 }))
    },
  )

  it('never touches a prototype', () => {
    const tree = read('__proto__[polluted]=1&constructor[prototype][polluted]=1&a[__proto__][polluted]=1&b=1')
    expect(Object.getPrototypeOf(tree)).toBeNull()
    expect(tree.b).toBe('1')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('refuses what is too deep or too much', () => {
    expect(() => read(`a${'[b]'.repeat(40)}=1`)).toThrow('nested too deeply')
    expect(() => read('a[]=1&'.repeat(5000))).toThrow('Too many parameters')
  })
})

describe('treeOfJson', () => {
  it('copies into hashes without prototype and mends lone surrogates', () => {
    const tree = treeOfJson(JSON.parse('{"a":[{"b":null}],"__proto__":{"x":1},"s":"\\ud800"}'))
    expect(tree).toEqual({ a: [{ b: null }], s: '�' })
    expect(Object.getPrototypeOf(tree)).toBeNull()
  })

  it('puts what is no object under _json', () => {
    expect(treeOfJson([1])).toEqual({ _json: [1] })
  })

  it('refuses NUL and depth', () => {
    expect(() => treeOfJson({ a: 'x\0' })).toThrow('null byte')
    expect(() => treeOfJson(JSON.parse(`${'['.repeat(50)}${']'.repeat(50)}`))).toThrow('nested too deeply')
  })
})
