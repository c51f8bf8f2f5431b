import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dockerIgnore } from './docker-ignore.ts'
import { parseDockerfile } from './dockerfile.ts'

const ROOT = join(import.meta.dirname, '../..')

describe('parseDockerfile', () => {
  const source = [
    'ARG IMAGE=node:24',
    'FROM $' + '{IMAGE} AS base',
    'ENV A=1 \\',
    '  B=2',
    'FROM base AS web',
    'COPY --from=base /x ./',
    '# said beside',
    'RUN one \\',
    '  # said between',
    '  && two',
    'CMD ["node", "x"]',
  ].join('\n')

  it('joins lines, keeps flags, leaves comments out and puts build arguments in', () => {
    const stages = parseDockerfile(source)
    expect(stages.get('base')?.base).toBe('node:24')
    expect(stages.get('base')?.instructions).toEqual([{ keyword: 'ENV', text: 'A=1 B=2', line: 3 }])
    expect(stages.get('web')?.instructions.map(({ keyword, text }) => [keyword, text])).toEqual([
      ['COPY', '--from=base /x ./'],
      ['RUN', 'one && two'],
      ['CMD', '["node", "x"]'],
    ])
  })
})

describe('.dockerignore', () => {
  const isIgnored = dockerIgnore(readFileSync(join(ROOT, '.dockerignore'), 'utf8'))

  it.each([
    'packages',
    'packages/db/src/index.ts',
    'apps/web/src/main.ts',
    'bin/anancus',
    'toolchain/package.json',
    'package.json',
  ])('lets %s in', (path) => expect(isIgnored(path)).toBe(false))

  it.each([
    '.git/config',
    '.env.production',
    'apps/web/.env',
    'data/development.env',
    'node_modules/pg/index.js',
    'packages/db/node_modules/pg',
    'packages/db/src/ids.test.ts',
    'packages/core/testing/context.ts',
    'apps/web/test/api/x.test.ts',
    'apps/web/client/dist/index.html',
    'toolchain/node_modules/x',
    'e2e/x.ts',
  ])('keeps %s out', (path) => expect(isIgnored(path)).toBe(true))
})
