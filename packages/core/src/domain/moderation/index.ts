export { deleteAccount } from './delete-account.ts'
export { purgeAccount } from './purge-account.ts'
