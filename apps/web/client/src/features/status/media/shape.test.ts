import type { MediaAttachment } from '@anancus/core/entities/types'
import { focusPosition, shapeOf } from './shape.ts'

const media = (patch: Partial<MediaAttachment>) =>
  ({ type: 'image', meta: null, ...patch }) as MediaAttachment

describe('the room of pictures', () => {
  it('follows a single picture within bounds', () => {
    expect(shapeOf([media({ meta: { original: { aspect: 1.5 } } })])).toBe(1.5)
    expect(shapeOf([media({ meta: { original: { aspect: 0.1 } } })])).toBe(0.8)
    expect(shapeOf([media({ meta: { original: { width: 900, height: 100 } } })])).toBe(2.4)
  })

  it('is the same for several, and for one of unknown size', () => {
    expect(shapeOf([media({}), media({})])).toBe(1.6)
    expect(shapeOf([media({})])).toBe(1.6)
  })

  it.each([
    [undefined, '50% 50%'],
    [{ x: 0, y: 1 }, '50% 0%'],
    [{ x: -1, y: -1 }, '0% 100%'],
    [{ x: 9, y: 0 }, '100% 50%'],
  ])('keeps the point of interest %p', (focus, position) => {
    expect(focusPosition(media({ meta: { focus } }))).toBe(position)
  })
})
