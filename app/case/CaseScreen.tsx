import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, type Dispatch, type ReactNode } from 'react'
import type { Locale } from '../../src/core/saying.ts'
import type { ArtifactView } from '../../src/engine/api.ts'
import { SpeechProvider, useText, useWords } from '../text/speech.tsx'
import { words } from '../text/words.ts'
import { Arrived } from '../share/Arrived.tsx'
import { Button } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Stopped, type Engine } from '../worker/client.ts'
import { Banner } from './Banner.tsx'
import type { Case, CaseAction } from './case.ts'
import { CaseProvider, useInspection } from './context.tsx'
import type { CaseFile } from './files.ts'
import { Boundary } from './Boundary.tsx'
import { FiveAnswers } from './FiveAnswers.tsx'
import { Announced, Folded, Strip } from './Standing.tsx'
import styles from './case.module.css'
import { Waiting } from './Waiting.tsx'
import { Workspace } from './Workspace.tsx'

/** Formats that a file could also be read as: their words may belong to schemes that nothing here was read by. */
const rivalsOf = ({ readings }: ArtifactView) => readings.map((reading) => reading.format)

/** One case: banner, five answers, panels. */
export function CaseScreen({
  engine,
  one,
  dispatch,
  locale,
  onChoose,
  onOpen,
  rail,
}: {
  readonly engine: Engine
  readonly one: Case
  readonly dispatch: Dispatch<CaseAction>
  readonly locale: Locale
  readonly onChoose: () => void
  readonly onOpen?: ((files: readonly CaseFile[]) => void) | undefined
  /** Stands beside the case, and reads it. */
  readonly rail?: ReactNode
}) {
  const w = useWords(words)
  const queries = useQueryClient()
  const inspection = useInspection(engine, one)
  const schemes = [
    ...new Set(
      inspection.data?.artifacts.flatMap((artifact) => [
        ...(artifact.scheme === null ? [] : [artifact.scheme]),
        ...rivalsOf(artifact),
      ]) ?? [],
    ),
  ].sort()
  const texts = useQuery({
    queryKey: ['texts', locale, schemes],
    queryFn: () => engine.texts(schemes, locale),
    enabled: inspection.data !== undefined,
    placeholderData: (previous) => previous,
  })
  const again = () => void queries.resetQueries({ predicate: (query) => query.state.status === 'error' })
  const error = inspection.error ?? texts.error
  if (one.files.length === 0) return <Notice title={w('emptyCase')} />
  if (error && !inspection.isFetching) return <Failure error={error} onAgain={again} />
  if (!inspection.data || !texts.data)
    return (
      <>
        <h1 className={styles.unsaid}>{w('reading')}</h1>
        <Waiting text={w('reading')} onCancel={() => engine.cancel()} />
      </>
    )
  return (
    <SpeechProvider locale={locale} texts={texts.data}>
      <Boundary
        fallback={(thrown, reset) => (
          <Failure
            error={thrown}
            onAgain={() => {
              again()
              reset()
            }}
          />
        )}
      >
        <CaseProvider engine={engine} one={one} inspection={inspection.data} dispatch={dispatch}>
          <Title title={inspection.data.artifacts[0]?.title} />
          <Announced />
          <Strip />
          <Beside rail={rail}>
            <Arrived />
            <Banner onChoose={onChoose} onOpen={onOpen} />
            <FiveAnswers />
            <Folded />
            <Suspense fallback={<p className={styles.wait}>{w('loading')}</p>}>
              <Workspace />
            </Suspense>
          </Beside>
        </CaseProvider>
      </Boundary>
    </SpeechProvider>
  )
}

function Beside({ rail, children }: { readonly rail: ReactNode; readonly children: ReactNode }) {
  if (rail === undefined) return children
  return (
    <div className={styles.beside}>
      {rail}
      <div>{children}</div>
    </div>
  )
}

/** The browser tab says what is open. */
function Title({ title }: { readonly title: string | undefined }) {
  const text = useText()
  const name = title === undefined ? undefined : (text(title) ?? title)
  useEffect(() => {
    document.title = name === undefined ? 'Attestation Explorer' : `${name} · Attestation Explorer`
    return () => {
      document.title = 'Attestation Explorer'
    }
  }, [name])
  return null
}

/** Says what stopped; never a verdict. */
function Failure({ error, onAgain }: { readonly error: Error; readonly onAgain: () => void }) {
  const w = useWords(words)
  const reason = error instanceof Stopped ? error.reason : 'crashed'
  const isOffline = !navigator.onLine && (reason === 'not-started' || reason === 'crashed')
  // The files stay; what could not be loaded is asked for again as soon as there is a network.
  useEffect(() => {
    if (!isOffline) return undefined
    addEventListener('online', onAgain)
    return () => removeEventListener('online', onAgain)
  }, [isOffline, onAgain])
  const said = {
    'time-limit': [w('stopped'), w('stoppedWhy')],
    cancelled: [w('cancelled'), undefined],
    crashed: [w('crashed'), w('crashedWhy')],
    'not-started': [w('notStarted'), w('notStartedWhy')],
    offline: [w('notHere'), w('notHereWhy')],
  }[isOffline ? 'offline' : reason]
  return (
    <Notice title={said[0]} text={said[1]}>
      <p className={styles.failure}>
        <Button onClick={onAgain}>{w('again')}</Button>{' '}
        {reason !== 'cancelled' && (
          <Copy label={w('report')} text={`${error.name}: ${error.message}\n${navigator.userAgent}`} />
        )}
      </p>
    </Notice>
  )
}
