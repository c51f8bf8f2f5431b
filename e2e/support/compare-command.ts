import { compareInstances, comparedIn } from './compare-instances.ts'

const differences = await compareInstances(process.argv.slice(2).map(comparedIn))
process.stdout.write(differences.length === 0 ? 'They agree.\n' : `${differences.join('\n')}\n`)
process.exitCode = differences.length === 0 ? 0 : 1
