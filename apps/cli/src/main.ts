import { program } from './program.ts'

const INTERRUPTED = 130

process.once('SIGINT', () => process.exit(INTERRUPTED))
process.exitCode = await program(process.argv.slice(2), process.env)
