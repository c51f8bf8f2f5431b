import { fileNameOf } from './file-name.ts'

it.each([
  ['https://far.example/files/a%20b.pdf?x=1', 'a b.pdf'],
  ['https://far.example/100%.zip', '100%.zip'],
  ['https://far.example/', null],
  ['nonsense', null],
  [null, null],
])('%p ends in %p', (address, name) => {
  expect(fileNameOf(address)).toBe(name)
})
