import type { ReactNode } from 'react'
import { FormattedMessage, IntlProvider, useIntl } from 'react-intl'
import type { Messages } from './catalogues.ts'

export type MessageId = keyof Messages
type Values = Record<string, string | number | Date>

/** Says a message in the reader's language. */
export type Say = (id: MessageId, values?: Values) => string

interface Props {
  locale: string
  messages: Messages
  children: ReactNode
}

export function TextProvider({ locale, messages, children }: Props) {
  return (
    <IntlProvider locale={locale} defaultLocale={locale} messages={messages} onError={() => undefined}>
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
