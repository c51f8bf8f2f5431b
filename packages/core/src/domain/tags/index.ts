export * from './follow-tag.ts'
export * from './limits.ts'
export * from './reads.ts'
export * from './use-tags.ts'
