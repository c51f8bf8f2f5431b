import { useQuery } from '@tanstack/react-query'
import { fetchExtendedDescription, fetchInstance } from '../../api/instance.ts'
import { AppLink } from '../../components/app-link.tsx'
import { Column } from '../../components/column.tsx'
import { RichText } from '../../components/rich-text/rich-text.tsx'
import { Failed, Spinner } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { AccountRow } from '../accounts/account-row.tsx'
import { importAccount } from '../../state/entities.ts'
import './about.css'

/** Which server this is, who runs it, and what holds here. */
export function AboutScreen() {
  const say = useText()
  const instance = useQuery({
    queryKey: ['instance'],
    queryFn: fetchInstance,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const description = useQuery({
    queryKey: ['extended-description'],
    queryFn: fetchExtendedDescription,
    retry: false,
  })
  if (!instance.data)
    return (
      <Column title={say('nav.about')}>
        {instance.isError ? (
          <Failed error={instance.error} onRetry={() => void instance.refetch()} />
        ) : (
          <Spinner />
        )}
      </Column>
    )
  const { title, domain, description: short, contact, rules, version, source_url: source } = instance.data
  if (contact.account) importAccount(contact.account)
  return (
    <Column title={say('nav.about')}>
      <div className="about">
        <h2>{title}</h2>
        <p className="handle">{domain}</p>
        {short && <p>{short}</p>}
        {description.data?.content && <RichText html={description.data.content} />}
      </div>
      {contact.account && (
        <section className="about-section">
          <h3>{say('about.run_by')}</h3>
          <AccountRow id={contact.account.id} />
          {contact.email && (
            <p>
              <a href={`mailto:${contact.email}`}>{contact.email}</a>
            </p>
          )}
        </section>
      )}
      {rules.length > 0 && (
        <section className="about-section">
          <h3>{say('about.rules')}</h3>
          <ol className="rules">
            {rules.map((rule) => (
              <li key={rule.id}>
                {rule.text}
                {rule.hint && <small>{rule.hint}</small>}
              </li>
            ))}
          </ol>
        </section>
      )}
      <p className="about-foot">
        <AppLink to="/privacy-policy">{say('aside.privacy')}</AppLink>
        <a href={source} target="_blank" rel="noopener">
          {say('about.source')}
        </a>
        <span>{version}</span>
      </p>
    </Column>
  )
}
