import { pointAt } from './focus.ts'

const box = { left: 100, top: 50, width: 200, height: 100 }

describe('the point of interest', () => {
  it.each([
    [200, 100, { x: 0, y: 0 }],
    [100, 50, { x: -1, y: 1 }],
    [250, 125, { x: 0.5, y: -0.5 }],
    [999, -5, { x: 1, y: 1 }],
  ])('of a press at %d, %d is %p', (x, y, focus) => {
    expect(pointAt(x, y, box)).toEqual(focus)
  })
})
