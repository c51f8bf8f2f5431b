/** Ids for the doors, which know nothing of the ground but its types. */
export { dateOfId, firstIdAt, isId } from '@anancus/db'
