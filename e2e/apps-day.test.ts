import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Day } from './days/day.ts'
import { mastoDay } from './days/masto-day.ts'
import { megalodonDay } from './days/megalodon-day.ts'
import { writeCase } from './support/case-file.ts'
import { type House, openHouse } from './support/house.ts'

const PEOPLE = ['alice', 'bob']
/** `RECORD_APPS=true pnpm jest e2e/apps-day` writes the recordings anew. */
const mayRecord = process.env.RECORD_APPS === 'true'

const DAYS: [string, (house: House) => Promise<Day>][] = [
  ['masto', mastoDay],
  ['megalodon', megalodonDay],
]

describe.each(DAYS)('a day of two people with %s', (library, spend) => {
  let house: House
  beforeAll(async () => {
    house = await openHouse(PEOPLE)
  }, 120_000)
  afterAll(async () => house?.close(), 60_000)

  it('goes by without an error and with no field missing', async () => {
    const { heard } = await spend(house)
    expect(house.complaints).toEqual([])
    expect(new Set(heard.filter((event) => event !== 'user filters_changed'))).toEqual(
      new Set([
        'user update',
        'user status.update',
        'user notification',
        'user delete',
        'list update',
        'list status.update',
        'list delete',
        'hashtag update',
        'hashtag status.update',
        'hashtag delete',
      ]),
    )
    if (mayRecord) record(house, library)
  }, 120_000)
})

function record(house: House, library: string): void {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, `../node_modules/${library}/package.json`), 'utf8'),
  ) as { version: string }
  const recording = house.recorder.caseFile(`${library} ${version}`, PEOPLE)
  writeCase(join(import.meta.dirname, `recordings/${library}.jsonl`), recording)
}
