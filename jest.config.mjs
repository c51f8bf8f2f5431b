import { fileURLToPath } from 'node:url'

const services = {
  globalSetup: '<rootDir>/scripts/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/scripts/jest/global-teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/scripts/jest/skip-missing.cjs'],
}

// With `projects` jest hands nothing down from the top level but what steers the run, so each project carries all of this.
const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/.cache/jest',
  transform: { '\\.(m?[jt]sx?)$': '<rootDir>/scripts/jest/esm-to-cjs.cjs' },
  transformIgnorePatterns: [],
  // fauxqs has only an `import` condition, which jest does not follow from CommonJS.
  moduleNameMapper: { '^fauxqs$': fileURLToPath(import.meta.resolve('fauxqs')) },
  modulePathIgnorePatterns: ['<rootDir>/data/', '<rootDir>/tmp/', '<rootDir>/\\.cache/', '/dist/'],
  testPathIgnorePatterns: ['/node_modules/'],
}

export default {
  maxWorkers: Number(process.env.JEST_WORKERS ?? 2),
  workerIdleMemoryLimit: '700MB',
  testTimeout: 60_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/packages/**/*.test.ts',
        '<rootDir>/scripts/**/*.test.ts',
        '<rootDir>/apps/*/client/src/**/*.test.{ts,tsx}',
      ],
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, '\\.db\\.test\\.ts$'],
    },
    { ...base, ...services, displayName: 'db', testMatch: ['<rootDir>/{packages,scripts}/**/*.db.test.ts'] },
    {
      ...base,
      ...services,
      displayName: 'apps',
      testMatch: ['<rootDir>/apps/*/test/**/*.test.ts', '<rootDir>/apps/*/src/**/*.test.ts'],
    },
    { ...base, ...services, displayName: 'e2e', testMatch: ['<rootDir>/e2e/**/*.test.ts'] },
  ],
}
