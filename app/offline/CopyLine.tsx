import { useState } from 'react'
import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import { keepWords } from './words.ts'

interface Named {
  readonly engine: string
  readonly digest: string
}

/** Which copy of the page this is: its commit and the digest of its own list of files, asked for when somebody wants to know. */
export function CopyLine({ className }: { readonly className: string | undefined }) {
  const w = useWords(keepWords)
  const [named, setNamed] = useState<Named | 'none' | undefined>(undefined)
  const look = async () => {
    try {
      const response = await fetch('files.json', { credentials: 'omit', cache: 'no-cache' })
      const said = (await response.json()) as Partial<Record<keyof Named, unknown>>
      const { engine, digest } = said
      setNamed(typeof engine === 'string' && typeof digest === 'string' ? { engine, digest } : 'none')
    } catch {
      setNamed('none')
    }
  }
  return (
    <div className={className} role="status">
      {named === undefined ? (
        <Button look="quiet" onClick={() => void look()}>
          {w('which')}
        </Button>
      ) : named === 'none' ? (
        <p>{w('whichNone')}</p>
      ) : (
        <p>
          <Untrusted text={named.engine} isPlain /> · SHA-256{' '}
          <code title={named.digest}>{named.digest.slice(0, 16)}…</code> {w('whichWhy')}{' '}
          <code>npm run -s verify-deployed -- {location.href.replace(/[?#].*$/s, '')}</code>
        </p>
      )}
    </div>
  )
}
