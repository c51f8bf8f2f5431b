import { createKeyedStore } from './store.ts'
import { useKeyed } from './use-keyed.ts'

/** Content warnings opened or closed by the reader, by status: what is open in a timeline is open in its thread. */
const opened = createKeyedStore<boolean>()

export function setOpened(statusId: string, isOpen: boolean): void {
  opened.set(statusId, isOpen)
}

/** Undefined as long as the reader has not chosen. */
export function useOpened(statusId: string): boolean | undefined {
  return useKeyed(opened, statusId)
}
