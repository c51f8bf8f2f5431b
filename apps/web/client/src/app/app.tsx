import { QueryClientProvider } from '@tanstack/react-query'
import { Toasts } from '../components/toasts.tsx'
import { TextProvider } from '../i18n/text.tsx'
import { queryClient } from '../state/query-client.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Overlays } from './overlays.tsx'
import { Shell } from './shell.tsx'

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <TextProvider>
        <ErrorBoundary>
          <Shell />
          <Overlays />
        </ErrorBoundary>
        <Toasts />
      </TextProvider>
    </QueryClientProvider>
  )
}
