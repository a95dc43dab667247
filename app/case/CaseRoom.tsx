import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { loadFirst } from '../views/registry.ts'
import { CaseScreen } from './CaseScreen.tsx'

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

loadFirst().catch(() => undefined)

/** A case with what only cases need; the front door does without. */
export function CaseRoom(props: ComponentProps<typeof CaseScreen>) {
  return (
    <QueryClientProvider client={queries}>
      <CaseScreen {...props} />
    </QueryClientProvider>
  )
}
