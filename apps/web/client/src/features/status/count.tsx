import { useIntl } from 'react-intl'

/** How often something was done; nothing is said of never. */
export function Count({ value }: { value: number }) {
  const { formatNumber } = useIntl()
  if (value === 0) return null
  return (
    <span className="count" aria-hidden="true">
      {formatNumber(value, { notation: 'compact', maximumFractionDigits: 1 })}
    </span>
  )
}

/** The name of a button with its count, for those who hear it. */
export function labelled(label: string, count: number): string {
  return count > 0 ? `${label} (${count})` : label
}
