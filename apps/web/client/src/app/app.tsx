import { QueryClientProvider } from '@tanstack/react-query'
import { Toasts } from '../components/toasts.tsx'
import type { Messages } from '../i18n/catalogues.ts'
import { TextProvider } from '../i18n/text.tsx'
import { queryClient } from '../state/query-client.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Overlays } from './overlays.tsx'
import { Shell } from './shell.tsx'

interface Props {
  locale: string
  messages: Messages
}

export function App({ locale, messages }: Props) {
  return (
    <QueryClientProvider client={queryClient}>
      <TextProvider locale={locale} messages={messages}>
        <ErrorBoundary>
          <Shell />
          <Overlays />
        </ErrorBoundary>
        <Toasts />
      </TextProvider>
    </QueryClientProvider>
  )
}
