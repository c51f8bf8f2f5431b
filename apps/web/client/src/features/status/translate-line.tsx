import type { Status } from '@anancus/core/entities/types'
import { useIntl } from 'react-intl'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { useTranslation } from '../../state/translations.ts'
import { useTranslate } from './use-translate.ts'

/** Offers a post in the reader's language, and says who translated it. */
export function TranslateLine({ status }: { status: Status }) {
  const say = useText()
  const { formatDisplayName } = useIntl()
  const known = useTranslation(status)
  const translate = useTranslate(status)
  if (!translate) return null
  const { translation, isShown } = known ?? { translation: null, isShown: false }
  if (!isShown || !translation)
    return (
      <Button look="quiet" className="translate" busy={known?.translation === null} onClick={translate}>
        {say('status.translate')}
      </Button>
    )
  const code = translation.detected_source_language
  const language = code
    ? (formatDisplayName(code, { type: 'language' }) ?? code)
    : say('status.unknown_language')
  return (
    <p className="translated">
      {say('status.translated', { language, provider: translation.provider })}{' '}
      <Button look="quiet" className="translate" onClick={translate}>
        {say('status.show_original')}
      </Button>
    </p>
  )
}
