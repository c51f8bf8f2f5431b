import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'

const require = createRequire(import.meta.url)

/** The import graph of a tree, judged by the rules made of floors.json. */
export async function cruiseTree(root: string): Promise<ICruiseResult> {
  const rules = require('../../.dependency-cruiser.cjs')
  const folders = ['packages', 'apps'].filter((name) => existsSync(join(root, name)))
  const result = await cruise(folders, {
    ...rules.options,
    baseDir: root,
    ruleSet: { forbidden: rules.forbidden },
    validate: true,
  })
  return result.output as ICruiseResult
}

/** One line for each import that leans the wrong way: rule, who, whom, and what would be right. */
export function importOffences(cruised: ICruiseResult): string[] {
  return cruised.summary.violations
    .filter((violation) => violation.rule.severity === 'error')
    .map(({ rule, from, to, cycle, comment }) => {
      const path = cycle ? [from, ...cycle.map((part) => part.name)].join(' → ') : `${from} → ${to}`
      return `${rule.name}: ${path}${comment ? ` (${comment})` : ''}`
    })
}
