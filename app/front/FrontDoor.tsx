import type { LookedUp } from '../../src/engine/error-codes.ts'
import { pastedFile, type Intake } from '../case/files.ts'
import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorLine } from './ErrorLine.tsx'
import { Examples, type OpenSample } from './Examples.tsx'
import styles from './front.module.css'
import { Learn } from './Learn.tsx'
import { PrivacyMeter } from './PrivacyMeter.tsx'
import { frontWords } from './words.ts'

/** The first page: one drop target (the whole window), and what opening something here means. */
export function FrontDoor({
  onChoose,
  onIntake,
  onSample,
  onLookUp,
}: {
  readonly onChoose: () => void
  readonly onIntake: (intake: Intake) => void
  readonly onSample: OpenSample
  readonly onLookUp: (text: string) => Promise<LookedUp>
}) {
  const w = useWords(frontWords)
  return (
    <>
      <div className={styles.crop} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </div>
      <section className={styles.stage}>
        <div>
          <h1>
            <span className={styles.wide}>{w('heading')}</span>
            <span className={styles.touch}>{w('headingTouch')}</span>
          </h1>
          <p className={styles.then}>{w('promise')}</p>
          <div className={styles.act}>
            <Button look="primary" onClick={onChoose}>
              {w('choose')} <kbd>Ctrl O</kbd>
            </Button>
            <PasteLine onIntake={onIntake} />
          </div>
          <ErrorLine onLookUp={onLookUp} />
          <p className={styles.reads}>{w('together')}</p>
        </div>
        <PrivacyMeter />
      </section>
      <Examples onSample={onSample} />
      <Learn />
    </>
  )
}

function PasteLine({ onIntake }: { readonly onIntake: (intake: Intake) => void }) {
  const w = useWords(frontWords)
  const take = (text: string) => {
    if (text.trim() !== '') void pastedFile(text).then(onIntake)
  }
  return (
    <textarea
      className={styles.paste}
      rows={1}
      aria-label={w('pasteLabel')}
      placeholder={w('paste')}
      spellCheck={false}
      autoComplete="off"
      onPaste={(event) => {
        // A text field would change line ends; what is read is what was on the clipboard.
        event.preventDefault()
        event.stopPropagation()
        take(event.clipboardData.getData('text/plain'))
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey) return
        event.preventDefault()
        take(event.currentTarget.value)
      }}
    />
  )
}
