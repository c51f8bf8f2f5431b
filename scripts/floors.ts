// `pnpm floors`: who imports whom (floors.json, by dependency-cruiser) and the rules about the code itself.
// `--draw` prints the picture as Mermaid; `--root <folder>` looks at another tree.
import { parseArgs } from 'node:util'
import { codeOffences } from './floors/code-rules.ts'
import { drawFloors } from './floors/draw.ts'
import { cruiseTree, importOffences } from './floors/import-rules.ts'
import { ROOT } from './lib/paths.mjs'

const { values } = parseArgs({
  options: { root: { type: 'string', default: ROOT }, draw: { type: 'boolean', default: false } },
})

const cruised = await cruiseTree(values.root)
if (values.draw) process.stdout.write(drawFloors(cruised))
else {
  const offences = [...importOffences(cruised), ...codeOffences(values.root)]
  for (const offence of offences) process.stdout.write(`${offence}\n`)
  process.stdout.write(
    `${cruised.summary.totalCruised} modules, ${cruised.summary.totalDependenciesCruised ?? 0} imports, ${offences.length} offences\n`,
  )
  process.exitCode = offences.length > 0 ? 1 : 0
}
