import type { TermsOfService } from '@anancus/core/entities/types'
import { useQuery } from '@tanstack/react-query'
import { useIntl } from 'react-intl'
import { isNotFound } from '../../api/errors.ts'
import { fetchPrivacyPolicy, fetchTermsOfService } from '../../api/instance.ts'
import { AppLink } from '../../components/app-link.tsx'
import { Column } from '../../components/column.tsx'
import { RichText } from '../../components/rich-text/rich-text.tsx'
import { Failed, Spinner } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { Missing } from '../thread/missing.tsx'
import './about.css'

const DOCUMENTS = {
  'privacy-policy': { fetch: fetchPrivacyPolicy, title: 'aside.privacy' },
  'terms-of-service': { fetch: fetchTermsOfService, title: 'about.terms' },
} as const

interface Props {
  which: keyof typeof DOCUMENTS
  /** The day of an older or coming version. */
  date?: string | undefined
}

export function DocumentScreen({ which, date }: Props) {
  const say = useText()
  const { fetch: fetchDocument, title } = DOCUMENTS[which]
  const { data, isError, error, refetch } = useQuery<{ content: string } & Partial<TermsOfService>>({
    queryKey: ['document', which, date],
    queryFn: () => fetchDocument(date),
  })
  if (isError && isNotFound(error)) return <Missing />
  return (
    <Column title={say(title)} back>
      {data && (
        <div className="about">
          <Validity terms={data} />
          <RichText html={data.content} />
        </div>
      )}
      {isError && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Spinner />}
    </Column>
  )
}

/** From when a version holds, and what comes after it. */
function Validity({ terms }: { terms: Partial<TermsOfService> }) {
  const say = useText()
  const { formatDate } = useIntl()
  const { effective, effective_date: from, succeeded_by: successor } = terms
  const told = (day: string) => formatDate(day, { dateStyle: 'long', timeZone: 'UTC' })
  return (
    <>
      {effective === false && from && <p>{say('about.terms_soon', { date: told(from) })}</p>}
      {successor && (
        <p>
          <AppLink to={`/terms-of-service/${successor}`}>
            {say('about.terms_later', { date: told(successor) })}
          </AppLink>
        </p>
      )}
    </>
  )
}
