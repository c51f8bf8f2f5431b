import { resolveNames, tableIn } from './resolve-names.ts'

// Loaded with --import before a process of an instance begins, so that it finds its neighbours by name.
resolveNames(tableIn(process.env.ANANCUS_E2E_NAMES ?? ''))
