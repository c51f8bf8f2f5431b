import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { importAccounts } from './state/entities.ts'
import { applyTheme } from './state/preferences.ts'
import { initialState } from './state/session.ts'
import { startLive } from './streaming/live.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'

applyTheme()
importAccounts(Object.values(initialState.accounts))
startLive()

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
