import { useEffect, useState } from 'react'
import { type IntlShape, useIntl } from 'react-intl'
import { type Age, ageOf, nextChange } from '../i18n/time.ts'
import { useText } from '../i18n/text.tsx'

/** How long ago, short; the full date for pointers and machines. */
export function TimeAgo({ date }: { date: string }) {
  const intl = useIntl()
  const say = useText()
  const moment = new Date(date)
  const age = useAge(moment)
  return (
    <time dateTime={date} title={fullDate(intl, moment)}>
      {age.unit === 'now' ? say('time.now') : shortAge(intl, age, moment)}
    </time>
  )
}

export function FullTime({ date }: { date: string }) {
  const intl = useIntl()
  return <time dateTime={date}>{fullDate(intl, new Date(date))}</time>
}

function useAge(moment: Date): Age {
  const [now, setNow] = useState(() => new Date())
  const age = ageOf(moment, now)
  const wait = nextChange(age)
  useEffect(() => {
    if (wait === null) return
    const timer = setInterval(() => setNow(new Date()), wait)
    return () => clearInterval(timer)
  }, [wait])
  return age
}

function shortAge(intl: IntlShape, age: Exclude<Age, { unit: 'now' }>, moment: Date): string {
  if (age.unit !== 'date')
    return intl.formatNumber(age.count, { style: 'unit', unit: age.unit, unitDisplay: 'narrow' })
  return intl.formatDate(moment, {
    day: 'numeric',
    month: 'short',
    year: age.withYear ? 'numeric' : undefined,
  })
}

function fullDate(intl: IntlShape, moment: Date): string {
  return intl.formatDate(moment, { dateStyle: 'long', timeStyle: 'short' })
}
