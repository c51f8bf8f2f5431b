// First, so that the rules of a screen win over the general ones.
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import { StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { App } from './app/app.tsx'
import { loadMessages } from './i18n/catalogues.ts'
import { directionOf } from './i18n/direction.ts'
import { importAccounts } from './state/entities.ts'
import { goTo } from './state/navigation.ts'
import { applyTheme } from './state/preferences.ts'
import { followNotifications } from './state/push.ts'
import { initialState } from './state/session.ts'
import { startLive } from './streaming/live.ts'

// A locale the browser does not know has neither dates nor plurals.
const locale = Intl.DateTimeFormat.supportedLocalesOf(initialState.meta.locale)[0] ?? 'en'
const messages = loadMessages(locale)

applyTheme()
document.documentElement.lang = locale
document.documentElement.dir = directionOf(locale)
importAccounts(Object.values(initialState.accounts))
startLive()
followNotifications(goTo)

const root = document.getElementById('root')
if (root) void show(createRoot(root))

async function show(root: Root): Promise<void> {
  root.render(
    <StrictMode>
      <App locale={locale} messages={await messages} />
    </StrictMode>,
  )
}
