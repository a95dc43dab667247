import { useEffect, useSyncExternalStore } from 'react'
import { sizeText } from '../text/numbers.ts'
import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import { keepPage, removePage, startKeeper, switchToNewer } from './keeper.ts'
import { keptNow, onKept } from './kept.ts'
import { keepWords } from './words.ts'

/** The offer to keep the page, what is kept, and how to be rid of it. */
export function KeepLine({ className }: { readonly className: string | undefined }) {
  const w = useWords(keepWords)
  const kept = useSyncExternalStore(onKept, keptNow)
  useEffect(() => {
    void startKeeper()
  }, [])
  if (kept.state === 'unsupported') return null
  return (
    <div className={className} data-keep={kept.state}>
      {kept.hasNewer && (
        <p role="status">
          <b>{w('newer')}</b> {w('newerWhy')}{' '}
          <Button look="quiet" onClick={() => void switchToNewer()}>
            {w('switch')}
          </Button>
        </p>
      )}
      {kept.refused !== null && (
        <p role="alert">
          {w('refused', { file: '' })}
          <Untrusted text={kept.refused.split('/').at(-1) ?? ''} isPlain />
        </p>
      )}
      {kept.state === 'yes' ? (
        <p>
          {w('kept', { size: sizeText(kept.bytes) })}{' '}
          <Button look="quiet" onClick={() => void removePage()}>
            {w('remove')}
          </Button>
        </p>
      ) : (
        <p role="status">
          {kept.state === 'failed' && <>{w('failed')} </>}
          {kept.state === 'keeping' ? (
            w('keeping')
          ) : (
            <>
              <Button look="quiet" onClick={() => void keepPage()}>
                {w('keep')}
              </Button>
              {w('keepWhy')}
            </>
          )}
        </p>
      )}
    </div>
  )
}
