import type { ReactNode } from 'react'
import { FormattedMessage, IntlProvider, useIntl } from 'react-intl'
import { initialState } from '../state/session.ts'
import en from './locales/en.json'

export type MessageId = keyof typeof en
type Values = Record<string, string | number | Date>

/** Says a message in the reader's language. */
export type Say = (id: MessageId, values?: Values) => string

// Reader's locale for dates and numbers; texts fall back to English where a translation is missing.
const locale = Intl.DateTimeFormat.supportedLocalesOf(initialState.meta.locale)[0] ?? 'en'

export function TextProvider({ children }: { children: ReactNode }) {
  return (
    <IntlProvider locale={locale} defaultLocale={locale} messages={en} onError={() => undefined}>
      {children}
    </IntlProvider>
  )
}

export function useText(): Say {
  const { formatMessage } = useIntl()
  return (id, values) => formatMessage({ id }, values)
}

/** A message with elements inside: `<Text id="x" values={{ name: <b>Ada</b> }} />`. */
export function Text({ id, values }: { id: MessageId; values?: Record<string, ReactNode> }) {
  return <FormattedMessage id={id} values={values} />
}
