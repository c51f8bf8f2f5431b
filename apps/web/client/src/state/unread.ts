import { createStore } from './store.ts'

/** Notifications that came after the last look at them. */
export const unreadNotifications = createStore(0)
