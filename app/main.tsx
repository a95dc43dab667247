import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { Framed, isFramed } from './Framed.tsx'
import { KeysProvider } from './keys/keys.tsx'
import './style/tokens.css'
import './style/base.css'
import './style/print.css'
import { loadReader } from './share/open-link.ts'
import { createEngine } from './worker/client.ts'
import { countRequests } from './worker/requests.ts'
import { spawn } from './worker/spawn.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
// In somebody else's frame the page could be laid under their buttons: there it starts nothing and only offers the way out.
createRoot(root).render(<StrictMode>{isFramed() ? <Framed /> : <Whole />}</StrictMode>)

function Whole() {
  const [engine] = useState(() => {
    const started = createEngine(spawn)
    countRequests(started)
    // An address that names a case will ask the engine as soon as the page is drawn: by then it is here.
    if (/[#&](?:link|sample)=/.test(location.hash)) started.begin()
    if (/[#&]link=/.test(location.hash)) loadReader().catch(() => undefined)
    return started
  })
  return (
    <KeysProvider>
      <App engine={engine} />
    </KeysProvider>
  )
}
