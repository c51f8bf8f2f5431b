import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, disconnect } from '@anancus/db'
import { parse } from 'yaml'
import { smokeProduction, TIERS } from './production/smoke.ts'

const ROOT = join(import.meta.dirname, '..')
const services = JSON.parse(process.env.ANANCUS_TEST_SERVICES ?? '{}')

function lint(program: string, ...args: string[]) {
  return spawnSync(process.execPath, [join('node_modules', program), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  })
}

interface Service {
  healthcheck?: { test: string[] }
  profiles?: string[]
  build?: { dockerfile: string; target: string }
}

describe('docker-compose.yml', () => {
  const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
    services: Record<string, Service>
  }

  it('keeps the Compose specification’s schema and the linter’s rules', () => {
    const { status, stdout, stderr } = lint('dclint/bin/dclint.cjs', 'docker-compose.yml')
    expect({ status, said: (stdout + stderr).trim() }).toEqual({ status: 0, said: '' })
  })

  it('has a health check for every service', () => {
    const unchecked = Object.entries(compose.services).filter(([, service]) => !service.healthcheck)
    expect(unchecked.map(([name]) => name)).toEqual([])
    expect(Object.keys(compose.services).sort()).toEqual([
      'db',
      'es',
      'redis',
      'store',
      'streaming',
      'web',
      'worker',
    ])
  })

  it('starts Elasticsearch and the S3 store only by their profiles', () => {
    expect(compose.services.es?.profiles).toEqual(['es'])
    expect(compose.services.store?.profiles).toEqual(['s3'])
  })
})

describe('infra/Dockerfile', () => {
  it('passes the linter', () => {
    const { status, stdout, stderr } = lint(
      'dockerfile-utils/bin/dockerfile-utils',
      'lint',
      'infra/Dockerfile',
    )
    expect({ status, said: (stdout + stderr).trim() }).toEqual({ status: 0, said: '' })
  })

  it('makes images in which every tier starts, becomes healthy and ends when asked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anancus-images-'))
    const database = `anancus_production_${services.runId}`
    const admin = connect({ url: services.databaseUrl, poolSize: 1 })
    try {
      await admin.raw(`create database ${database}`)
      const url = new URL(services.databaseUrl)
      url.pathname = `/${database}`
      const outcomes = await smokeProduction({
        folder,
        databaseUrl: url.href,
        redisUrl: services.redisUrl,
        redisPrefix: `production:${services.runId}:`,
      })
      const pages = Object.entries(outcomes.web.answers)
      expect(
        pages.filter(([, { status }]) => status !== 200).map(([path, { status }]) => `${path}: ${status}`),
      ).toEqual([])
      expect(pages.filter(([path]) => path.endsWith('.js')).length).toBeGreaterThan(0)
      expect(TIERS.map((tier) => [tier, outcomes[tier].exitCode])).toEqual(TIERS.map((tier) => [tier, 0]))
    } finally {
      await admin.raw(`drop database if exists ${database} with (force)`)
      await disconnect(admin)
      rmSync(folder, { recursive: true, force: true })
    }
    expect(existsSync(folder)).toBe(false)
  }, 480_000)
})
