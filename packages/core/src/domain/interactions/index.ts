export * from './bookmark-status.ts'
export * from './favourite-status.ts'
export * from './reads.ts'
export * from './reblog-status.ts'
