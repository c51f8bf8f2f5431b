import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ICruiseResult } from 'dependency-cruiser'
import { ROOT } from '../lib/paths.mjs'

interface Floors {
  floors: { name: string; path: string }[]
  rooms: string[]
}

/** The imports as they are, floor by floor and room by room, as a Mermaid flow chart. Numbers count imports. */
export function drawFloors(cruised: ICruiseResult): string {
  const plan = JSON.parse(readFileSync(join(ROOT, 'floors.json'), 'utf8')) as Floors
  const counts = new Map<string, number>()
  for (const module of cruised.modules) {
    const from = boxOf(plan, module.source)
    for (const dependency of module.dependencies) {
      const to = boxOf(plan, dependency.resolved)
      if (from && to && from !== to) counts.set(`${from} ${to}`, (counts.get(`${from} ${to}`) ?? 0) + 1)
    }
  }
  const lines = [...counts].sort().map(([edge, count]) => {
    const [from, to] = edge.split(' ')
    return `  ${from} -->|${count}| ${to}`
  })
  return `flowchart TD\n${lines.join('\n')}\n`
}

function boxOf(plan: Floors, file: string): string | undefined {
  if (/(\.test\.tsx?$|\/test\/|\/testing\/)/.test(file)) return undefined
  const room = file.match(/^packages\/core\/src\/domain\/([^/]+)\//)?.[1]
  if (room) return room
  return plan.floors.find((floor) => new RegExp(floor.path).test(file))?.name.replace('/', '-')
}
