import { runThroughTheDoor } from './through-the-door.ts'

runThroughTheDoor([
  'collections/consent',
  'collections/remote-collections',
  'inbox/limits',
  'inbox/origin',
  'inbox/privacy',
  'inbox/receive-featured',
])
