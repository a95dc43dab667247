import { lazy, Suspense, useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { Locale } from '../src/core/saying.ts'
import { takeAsked } from './ask/pending.ts'
import { address, go, useAddress } from './case/address.ts'
import { FRONT_DOOR } from './case/address-text.ts'
import type { CaseRoom } from './case/CaseRoom.tsx'
import { NO_CASES, reduceCases, type SampleOrigin } from './case/case.ts'
import { caseFile, hasCrypto, type CaseFile, type Intake, type Refusal } from './case/files.ts'
import { Refusals } from './case/Refusals.tsx'
import { IntakeArea } from './case/Intake.tsx'
import { Notice } from './ui/Notice.tsx'
import { FrontDoor } from './front/FrontDoor.tsx'
import { useKeys } from './keys/keys.tsx'
import { Frame } from './Frame.tsx'
import { Notices } from './share/PageNotices.tsx'
import { arrivalOf, keepArrival } from './share/arrivals.ts'
import { receive, type Note } from './share/receive.ts'
import { useLink } from './share/use-link.ts'
import styles from './app.module.css'
import { htmlLang } from './text/say.ts'
import { SpeechProvider } from './text/speech.tsx'
import { words } from './text/words.ts'
import { instantOf } from './text/time.ts'
import { useStock } from './case/stock.ts'
import type { Engine } from './worker/client.ts'

/** Lessons and the other pages of the workshop come when somebody opens one. */
const LessonHost = lazy(async () => ({ default: (await import('./lessons/LessonHost.tsx')).LessonHost }))
const WorkshopPage = lazy(async () => ({ default: (await import('./lessons/WorkshopPage.tsx')).WorkshopPage }))
const loadRoom = () => import('./case/CaseRoom.tsx')
const loadExamples = () => import('./front/examples.ts')
const KeyHelp = lazy(async () => ({ default: (await import('./keys/KeyHelp.tsx')).KeyHelp }))
// Begun while the front door is drawn: by the time somebody has chosen a file the room for it is here.
// A browser that failed to load it once may not try again, so it does not wait for an idle moment.
loadRoom().catch(() => undefined)

/** The engine's texts come with a case. */
const NO_TEXTS = {}

/** The whole page: front door or case, in the reader's language. */
export function App({ engine }: { readonly engine: Engine }) {
  const [cases, dispatch] = useReducer(reduceCases, NO_CASES)
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const [isHelpOpen, setHelpOpen] = useState(false)
  const locale: Locale = useAddress('lang') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')
  const theme = useAddress('theme')
  const caseNumber = useAddress('case')
  const sample = useAddress('sample')
  const lesson = useAddress('lesson')
  const pageName = useAddress('page')
  const one = cases.list.find((candidate) => candidate.number === caseNumber)
  const isFront = caseNumber === null && sample === null

  useStock(engine, cases)

  // No Suspense here: React keeps a fallback on the screen for 300 ms, and the case's own would wait for it.
  const [Room, setRoom] = useState<typeof CaseRoom | null>(null)
  const [isRoomLost, setRoomLost] = useState(false)
  useEffect(() => {
    if (!one || Room) return undefined
    const load = () =>
      void loadRoom().then(
        (room) => {
          setRoomLost(false)
          setRoom(() => room.CaseRoom)
        },
        () => setRoomLost(true),
      )
    load()
    addEventListener('online', load)
    return () => removeEventListener('online', load)
  }, [one, Room])

  useEffect(() => {
    const root = document.documentElement
    root.lang = htmlLang(locale)
    root.dataset['lang'] = locale
    if (theme === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = theme
  }, [locale, theme])

  const next = cases.next
  const open = useCallback(
    (
      files: readonly CaseFile[],
      from: SampleOrigin | null = null,
      at: string | null = null,
      how: 'push' | 'replace' = 'push',
    ) => {
      if (files.length === 0) return undefined
      const instant = instantOf(at)
      dispatch({
        kind: 'open',
        number: next,
        files,
        sample: from,
        at: instant === null ? { kind: 'now', instant: thisSecond() } : { kind: 'given', instant, from: 'sample' },
      })
      // A link says which panel and which field; a case opened by hand begins at the verdict.
      const place = how === 'replace' ? {} : { ...FRONT_DOOR }
      go({ ...place, case: next, sample: from ? `${from.scheme}/${from.id}` : null }, how)
      return next
    },
    [next],
  )

  // What comes while something is being asked by hand is the answer: the nonce is expected in it.
  const openAnswer = useCallback(
    async (files: readonly CaseFile[]) => {
      const asked = takeAsked()
      const record = asked && files.length > 0 ? [await caseFile(asked.record)] : []
      const number = open([...files, ...record])
      if (number !== undefined && asked) dispatch({ kind: 'policy', number, policy: asked.policy })
    },
    [open],
  )

  const [notes, setNotes] = useState<readonly Note[]>([])
  const take = useCallback(
    (intake: Intake) => {
      void receive(intake).then((received) => {
        setNotes(received.notes)
        const { plain, link } = received
        const repeated = plain.files.filter((file) => one?.files.some((known) => known.id === file.id) === true)
        setRefusals([
          ...plain.refusals,
          ...repeated.map((file): Refusal => ({ name: file.name, size: file.bytes.length, why: 'already-here' })),
        ])
        const [stored] = received.cases
        // A case file is a case of its own; what was dropped beside it joins it.
        if (stored) {
          const number = open([...stored.files, ...plain.files])
          if (number !== undefined) keepArrival(number, stored.arrival)
        } else if (one) dispatch({ kind: 'add', number: one.number, files: plain.files })
        else void openAnswer(plain.files)
        if (link !== undefined) go({ ...FRONT_DOOR, rest: [['link', link]] })
      })
    },
    [one, open, openAnswer],
  )

  // Only the installed page is handed files by the system.
  const latestTake = useRef(take)
  useEffect(() => {
    latestTake.current = take
  })
  useEffect(() => {
    if ('launchQueue' in window || location.hash.startsWith('#shared='))
      void import('./offline/openers.ts').then(({ takeOpened }) => takeOpened((intake) => latestTake.current(intake)))
  }, [])

  const openLinked = useCallback((files: readonly CaseFile[]) => open(files, null, null, 'replace'), [open])
  const link = useLink(caseNumber, one !== undefined, openLinked)

  const openSample = useCallback(
    async (
      scheme: string,
      id: string,
      at: string | null,
      how: 'push' | 'replace' = 'push',
      isWanted: () => boolean = () => true,
    ) => {
      const files = await Promise.all((await engine.sampleFiles(scheme, id)).map(caseFile))
      if (isWanted()) open(files, { scheme, id }, at, how)
    },
    [engine, open],
  )

  // A link, a reload or Forward names a sample whose case is not here yet.
  const opened = cases.list.findLast(
    (candidate) =>
      candidate.sample !== null &&
      !candidate.isEdited &&
      `${candidate.sample.scheme}/${candidate.sample.id}` === sample,
  )?.number
  useEffect(() => {
    if (sample === null || one || lesson !== null) return
    if (opened !== undefined) {
      go({ case: opened }, 'replace')
      return
    }
    let isCurrent = true
    const [scheme = '', id = ''] = sample.split('/')
    const leave = () => {
      if (isCurrent) go({ sample: null, case: null }, 'replace')
    }
    void loadExamples()
      .then(async ({ examples }) => {
        const view = examples.find((candidate) => candidate.scheme === scheme && candidate.id === id)
        if (!view) return leave()
        return openSample(scheme, id, view.at, 'replace', () => isCurrent && address().sample === sample)
      })
      .catch(leave)
    return () => {
      isCurrent = false
    }
  }, [sample, one, opened, openSample, lesson])

  // Nothing is stored, so leaving would lose what was dropped: the browser asks first.
  const hasDropped = cases.list.some(
    (candidate) =>
      candidate.sample === null &&
      candidate.lesson === undefined &&
      candidate.files.length > 0 &&
      (candidate.isEdited || (arrivalOf(candidate.number)?.link ?? null) === null),
  )
  useEffect(() => {
    if (!hasDropped) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [hasDropped])

  useKeys({ '?': () => setHelpOpen(true) })

  const isLost = caseNumber !== null && sample === null && !one && !link.isOpening && lesson === null
  return (
    <SpeechProvider locale={locale} texts={NO_TEXTS}>
      <IntakeArea onIntake={take} isCase={one !== undefined}>
        {(choose) => (
          <Frame locale={locale} theme={theme} isCase={one !== undefined} onHelp={() => setHelpOpen(true)}>
            {!hasCrypto() && <Notice locale={locale} title={words[locale].noCrypto} text={words[locale].noCryptoWhy} />}
            {isLost && <Notice locale={locale} title={words[locale].lost} text={words[locale].lostWhy} />}
            {refusals.length > 0 && <Refusals list={refusals} onDismiss={() => setRefusals([])} />}
            <Notices
              fault={link.fault}
              onDismissFault={link.dismiss}
              notes={notes}
              onDismissNotes={() => setNotes([])}
              isCase={one !== undefined}
            />
            {lesson !== null || (pageName !== null && !one) ? (
              <Suspense fallback={<h1 className={styles.loading}>{words[locale].loading}</h1>}>
                {lesson !== null ? (
                  <LessonHost engine={engine} cases={cases} dispatch={dispatch} locale={locale} onChoose={choose} />
                ) : (
                  <WorkshopPage
                    name={pageName ?? ''}
                    engine={engine}
                    onMade={(files, at) => void open(files, null, at)}
                    onChoose={choose}
                  />
                )}
              </Suspense>
            ) : one && Room ? (
              <Room
                key={one.number}
                engine={engine}
                one={one}
                dispatch={dispatch}
                locale={locale}
                onChoose={choose}
                onOpen={open}
              />
            ) : one && isRoomLost ? (
              <Notice locale={locale} title={words[locale].notHere} text={words[locale].notHereWhy} />
            ) : one ? (
              <h1 className={styles.loading}>{words[locale].loading}</h1>
            ) : (isFront && !link.isOpening) || isLost ? (
              <FrontDoor
                onChoose={choose}
                onIntake={take}
                onSample={openSample}
                onLookUp={(text) => engine.lookUp(text)}
              />
            ) : (
              <h1 className={styles.loading}>{words[locale].loading}</h1>
            )}
          </Frame>
        )}
      </IntakeArea>
      {isHelpOpen && (
        <Suspense>
          <KeyHelp onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
    </SpeechProvider>
  )
}

function thisSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000
}
