import type { Account } from '@anancus/core/entities/types'
import { completeInitialState, type InitialState } from './initial-state.ts'

function readPage(): InitialState {
  const text = document.getElementById('initial-state')?.textContent
  return completeInitialState(text ? JSON.parse(text) : {}, location.host)
}

/** The start data of this page view. It never changes while the page lives. */
export const initialState = readPage()

export const accessToken = initialState.meta.access_token

/** Id of the signed-in account, null for a visitor. */
export const myId = accessToken ? initialState.meta.me : null

export const isSignedIn = myId !== null

export function isMe(account: Pick<Account, 'id'>): boolean {
  return account.id === myId
}

/** The full handle of an account: `user@domain` for local ones too. */
export function fullHandle(acct: string): string {
  return acct.includes('@') ? acct : `${acct}@${initialState.meta.domain}`
}
