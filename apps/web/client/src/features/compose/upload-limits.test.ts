import { refusalOf, type UploadLimits } from './upload-limits.ts'

const limits: UploadLimits = {
  count: 4,
  imageBytes: 16e6,
  videoBytes: 99e6,
  types: ['image/png', 'image/gif', 'video/mp4'],
}
const file = (type: string, size = 1) => ({ name: 'a', type, size })

describe('what is not sent', () => {
  it('is of a type the server does not take, if it said which, and if the browser knows the type', () => {
    expect(refusalOf(file('application/pdf'), limits)).toEqual(['upload.wrong_type', { name: 'a' }])
    expect(refusalOf(file('application/pdf'), { ...limits, types: [] })).toBeNull()
    expect(refusalOf(file(''), limits)).toBeNull()
  })

  it.each([
    ['image/png', 16e6, null],
    ['image/png', 16e6 + 1, 16],
    ['image/gif', 98e6, null],
    ['video/mp4', 99e6, null],
    ['video/mp4', 99e6 + 1, 99],
  ])('%s of %d bytes: no more than %p MB', (type, bytes, most) => {
    const refusal = most === null ? null : ['upload.too_large', { name: 'a', size: most }]
    expect(refusalOf(file(type, bytes), limits)).toEqual(refusal)
  })
})
