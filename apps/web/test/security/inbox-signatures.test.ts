import { runThroughTheDoor } from './through-the-door.ts'

runThroughTheDoor(['inbox/accept-delivery', 'inbox/signing-keys', 'inbox/forwarding'])
