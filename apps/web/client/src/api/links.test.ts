import { linkQuery } from './links.ts'

const header =
  '<https://a.example/api/v1/timelines/home?limit=20&max_id=10>; rel="next", <https://a.example/api/v1/timelines/home?limit=20&min_id=30>; rel="prev"'

describe('the Link header', () => {
  it('gives the query of each direction', () => {
    expect(linkQuery(header, 'next')).toEqual({ limit: '20', max_id: '10' })
    expect(linkQuery(header, 'prev')).toEqual({ limit: '20', min_id: '30' })
  })

  it('says when there is no further page', () => {
    expect(linkQuery(null, 'next')).toBeNull()
    expect(linkQuery('<https://a.example/x?min_id=1>; rel="prev"', 'next')).toBeNull()
    expect(linkQuery('<https://a.example/x>; rel="next"', 'next')).toBeNull()
  })

  it('is not misled by a comma inside an address', () => {
    expect(linkQuery('<https://a.example/x?types=a,b&max_id=1>; rel="next"', 'next')).toEqual({
      types: 'a,b',
      max_id: '1',
    })
  })
})
