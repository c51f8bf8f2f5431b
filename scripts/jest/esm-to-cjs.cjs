// Turns our TypeScript, and packages that exist as ES modules only, into CommonJS for jest; all else passes untouched.
// With it jest needs no --experimental-vm-modules, which makes small test files three times slower.
const { createHash } = require('node:crypto')
const { readFileSync } = require('node:fs')
const { dirname, extname, join } = require('node:path')
const { transformSync, version } = require('@swc/core')

const seed = createHash('sha256')
  .update(readFileSync(__filename))
  .update(version)
  .update(process.version)
  .digest('hex')
const typeOfFolder = new Map()

/** `module` or `commonjs`, as the nearest package.json says. */
function moduleType(folder) {
  const known = typeOfFolder.get(folder)
  if (known) return known
  const type = readType(folder) ?? (dirname(folder) === folder ? 'commonjs' : moduleType(dirname(folder)))
  typeOfFolder.set(folder, type)
  return type
}

function readType(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).type ?? 'commonjs'
  } catch {
    return undefined
  }
}

function isEsModule(file) {
  const extension = extname(file)
  if (extension === '.mjs' || /^\.m?tsx?$/.test(extension)) return true
  return extension === '.js' && moduleType(dirname(file)) === 'module'
}

function options(file) {
  const isTypeScript = /\.m?tsx?$/.test(file)
  const isTsx = file.endsWith('x')
  return {
    filename: file,
    configFile: false,
    swcrc: false,
    sourceMaps: isTypeScript ? 'inline' : false,
    module: { type: 'commonjs', ignoreDynamic: false },
    jsc: {
      target: 'es2024',
      parser: isTypeScript ? { syntax: 'typescript', tsx: isTsx } : { syntax: 'ecmascript' },
      transform: {
        // Hoists jest.mock of the global `jest` above the imports.
        hidden: { jest: true },
        // As Node strips types: an import that is not marked `type` stays.
        verbatimModuleSyntax: isTypeScript && !isTsx,
        react: { runtime: 'automatic' },
      },
    },
  }
}

module.exports = {
  getCacheKey: (source, file) =>
    createHash('sha256').update(`${seed}\0${file}\0`).update(source).digest('hex'),
  process: (source, file) => (isEsModule(file) ? transformSync(source, options(file)) : { code: source }),
}
