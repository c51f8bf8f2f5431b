import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '../api/errors.ts'

/** An answer is an answer: only a missing one, and a server in trouble, are worth asking again. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: isWorthRetrying,
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
