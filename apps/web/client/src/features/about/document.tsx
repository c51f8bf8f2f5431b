import { useQuery } from '@tanstack/react-query'
import { isNotFound } from '../../api/errors.ts'
import { fetchPrivacyPolicy, fetchTermsOfService } from '../../api/instance.ts'
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

export function DocumentScreen({ which }: { which: keyof typeof DOCUMENTS }) {
  const say = useText()
  const { fetch: fetchDocument, title } = DOCUMENTS[which]
  const { data, isError, error, refetch } = useQuery<{ content: string }>({
    queryKey: ['document', which],
    queryFn: () => fetchDocument(),
  })
  if (isError && isNotFound(error)) return <Missing />
  return (
    <Column title={say(title)} back>
      {data && (
        <div className="about">
          <RichText html={data.content} />
        </div>
      )}
      {isError && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Spinner />}
    </Column>
  )
}
