import { keyOf } from './player-keys.ts'

const press = (key: string, held = {}) =>
  keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held })

describe('keys of a player', () => {
  it.each([
    [' ', 'toggle'],
    ['k', 'toggle'],
    ['m', 'mute'],
    ['f', 'full'],
    ['ArrowLeft', -5],
    ['ArrowRight', 5],
    ['x', null],
    ['Tab', null],
  ])('%p is %p', (key, meaning) => {
    expect(press(key)).toBe(meaning)
  })

  it('are the browser’s while another is held', () => {
    expect(press('f', { ctrlKey: true })).toBeNull()
    expect(press('ArrowLeft', { altKey: true })).toBeNull()
  })
})
