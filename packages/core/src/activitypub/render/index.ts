export * from '../context.ts'
export * from './activities.ts'
