import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { Framed, isFramed } from './Framed.tsx'
import { KeysProvider } from './keys/keys.tsx'
import './style/tokens.css'
import './style/base.css'
import './style/print.css'
import { createEngine } from './worker/client.ts'
import { countRequests } from './worker/requests.ts'
import { spawn } from './worker/spawn.ts'

// The engine is a function of its input: an answer stays true, and asking again would only repeat a failure.
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
    },
  },
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
// In somebody else's frame the page could be laid under their buttons: there it starts nothing and only offers the way out.
createRoot(root).render(<StrictMode>{isFramed() ? <Framed /> : <Whole />}</StrictMode>)

function Whole() {
  const [engine] = useState(() => {
    const started = createEngine(spawn)
    countRequests(started)
    return started
  })
  return (
    <QueryClientProvider client={queries}>
      <KeysProvider>
        <App engine={engine} />
      </KeysProvider>
    </QueryClientProvider>
  )
}
