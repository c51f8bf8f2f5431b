// Turns floors.json into rules: who may import whom. `pnpm floors` runs it together with the rules about the code itself.
const { floors, places, rooms, packages } = require('./floors.json')

const OURS = '^(packages|apps)/'
const TESTS = '(\\.test\\.tsx?$|/test/|/testing/)'
const ROOM = '^packages/core/src/domain'

/** A floor imports itself, the places named for it, and as types those named so. */
function floorRules(floor) {
  const open = [floor.path, ...floor.imports.map((name) => places[name])]
  const typesOnly = floor.types.map((name) => places[name])
  const from = { path: floor.path, pathNot: TESTS }
  const rules = [
    {
      name: `floor-${floor.name}`,
      comment: `${floor.name} may import ${list(floor.imports)}, and types of ${list(floor.types)}.`,
      severity: 'error',
      from,
      to: { path: OURS, pathNot: [...open, ...typesOnly] },
    },
  ]
  if (typesOnly.length > 0)
    rules.push({
      name: `floor-${floor.name}-types`,
      comment: `${floor.name} may import only types of ${list(floor.types)}: write "import type".`,
      severity: 'error',
      from,
      to: { path: typesOnly, pathNot: open, dependencyTypesNot: ['type-only'] },
    })
  return rules
}

/** A room imports rooms on lower stairs only. */
function stairRules() {
  return rooms.slice(0, -1).map((room, step) => ({
    name: `stairs-${room}`,
    comment: `${room} may not import a room above it: enqueue instead.`,
    severity: 'error',
    from: { path: `${ROOM}/${room}/`, pathNot: TESTS },
    to: { path: `${ROOM}/(${rooms.slice(step + 1).join('|')})/` },
  }))
}

function packageRules() {
  return Object.entries(packages).map(([name, place]) => ({
    name: `package-${name}`,
    comment: `${name} is imported only below ${place}.`,
    severity: 'error',
    from: { path: OURS, pathNot: [place, TESTS] },
    to: { path: `node_modules/${name}/`, dependencyTypesNot: ['type-only'] },
  }))
}

const list = (names) => (names.length > 0 ? names.join(', ') : 'nothing')

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...floors.flatMap(floorRules),
    ...stairRules(),
    {
      name: 'room-known',
      comment: 'A room has its place on the stairs in floors.json.',
      severity: 'error',
      from: { path: `${ROOM}/(?!(${rooms.join('|')})/)[^/]+/` },
      to: {},
    },
    {
      name: 'room-face',
      comment: 'A room is entered by its index.ts only.',
      severity: 'error',
      from: { path: `${ROOM}/([^/]+)/`, pathNot: TESTS },
      to: { path: `${ROOM}/[^/]+/`, pathNot: [`${ROOM}/$1/`, `${ROOM}/[^/]+/index\\.ts$`] },
    },
    {
      name: 'room-face-from-outside',
      comment: 'A room is entered by its index.ts only.',
      severity: 'error',
      from: { path: OURS, pathNot: [`${ROOM}/`, TESTS] },
      to: { path: `${ROOM}/[^/]+/`, pathNot: [`${ROOM}/[^/]+/index\\.ts$`] },
    },
    {
      name: 'apps-apart',
      comment: 'Apps never import apps.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: ['^apps/$1/'] },
    },
    {
      name: 'client-apart',
      comment: 'The server never imports the web client.',
      severity: 'error',
      from: { path: OURS, pathNot: '^apps/web/client/' },
      to: { path: '^apps/web/client/' },
    },
    {
      name: 'testing-apart',
      comment: 'What runs in production imports nothing made for tests.',
      severity: 'error',
      from: { path: '/src/', pathNot: TESTS },
      to: { path: '^(packages|apps)/.*(/testing/|/test/|\\.test\\.tsx?$)' },
    },
    ...packageRules(),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|\\.css$|\\.svg$|\\.png$)' },
    tsPreCompilationDeps: 'specify',
    tsConfig: undefined,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
