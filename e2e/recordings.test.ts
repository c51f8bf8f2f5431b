import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readCase } from './support/case-file.ts'
import { openHouse } from './support/house.ts'
import { replay } from './support/replay.ts'

const FOLDER = join(import.meta.dirname, 'recordings')
const cases = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'))

/** What apps once sent, sent again: they must be told the same. See `e2e/recordings/README.md`. */
describe('recorded sessions', () => {
  it('are there', () => {
    expect(cases).toEqual(expect.arrayContaining(['masto.jsonl', 'megalodon.jsonl']))
  })

  it.each(cases)(
    '%s plays as it was recorded',
    async (name) => {
      const recording = readCase(join(FOLDER, name))
      const house = await openHouse(recording.people)
      try {
        await replay(house, recording)
        expect(house.complaints).toEqual([])
      } finally {
        await house.close()
      }
    },
    180_000,
  )
})
