import { runThroughTheDoor } from './through-the-door.ts'

runThroughTheDoor([
  'inbox/receive-flag',
  'inbox/receive-follow',
  'inbox/receive-move',
  'inbox/receive-poll',
  'inbox/receive-quote',
  'inbox/receive-reaction',
  'inbox/receive-relay',
  'inbox/receive-status',
  'inbox/synchronize-followers',
])
