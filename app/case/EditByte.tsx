import { useState } from 'react'
import type { SpaceId } from '../../src/core/place.ts'
import { offset as offsetText } from '../text/numbers.ts'
import { bilingual } from '../text/say.ts'
import { useWords } from '../text/speech.tsx'
import { cx } from '../ui/cx.ts'
import { useCase } from './context.tsx'
import styles from './edit-byte.module.css'
import { useEdits } from './use-edits.ts'

const words = bilingual(
  {
    bits: 'Bits of byte {offset}, highest first',
    bit: 'Bit {bit} is {value}; flip it',
    value: 'Value of byte {offset}, two hexadecimal digits',
    set: 'Value',
    original: 'as opened {value}',
    refused: 'This byte cannot be changed here: the text or compression around it could not hold the new value.',
  },
  {
    bits: '字节 {offset} 的各位，高位在前',
    bit: '第 {bit} 位为 {value}，点按翻转',
    value: '字节 {offset} 的值，两位十六进制数',
    set: '值',
    original: '打开时为 {value}',
    refused: '此处无法改动该字节：外层的文本或压缩格式容不下新的值。',
  },
)

/** One byte as eight switches and two digits; what is changed is a copy. For the bytes view and the flip panel. */
export function EditByte({
  file,
  space,
  offset,
}: {
  /** Index in `inspection.files`. */ readonly file: number
  readonly space: SpaceId
  readonly offset: number
}) {
  const w = useWords(words)
  const { inspection } = useCase()
  const edits = useEdits()
  const [isRefused, setRefused] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const byte = inspection.spaces.find((entry) => entry.file === file && entry.space.id === space)?.space.bytes[offset]
  if (byte === undefined) return null
  const at = offsetText(offset)
  const hex = byte.toString(16).padStart(2, '0')
  const first = edits.list.find(
    (edit) => edit.space === space && edit.offset === offset && edits.originals[file]?.id === edit.file,
  )
  const attempt = (isDone: boolean) => setRefused(!isDone)
  return (
    <div className={styles.byte}>
      <div className={styles.bits} role="group" aria-label={w('bits', { offset: at })}>
        {[7, 6, 5, 4, 3, 2, 1, 0].map((bit) => {
          const isSet = (byte & (1 << bit)) !== 0
          const isChanged = first !== undefined && ((first.before ^ byte) & (1 << bit)) !== 0
          return (
            <button
              key={bit}
              type="button"
              aria-pressed={isSet}
              aria-label={w('bit', { bit, value: isSet ? 1 : 0 })}
              className={cx(isChanged && styles.changed)}
              onClick={() => attempt(edits.flip(file, space, offset, bit))}
            >
              <span aria-hidden="true">{isSet ? 1 : 0}</span>
              <small aria-hidden="true">{bit}</small>
            </button>
          )
        })}
      </div>
      <label className={styles.value}>
        {w('set')}
        <input
          value={typed ?? hex}
          maxLength={2}
          size={2}
          spellCheck={false}
          autoComplete="off"
          aria-label={w('value', { offset: at })}
          inputMode="text"
          onChange={(event) => {
            const text = event.target.value.toLowerCase()
            setTyped(text)
            if (!/^[0-9a-f]{2}$/.test(text)) return
            const value = Number.parseInt(text, 16)
            if (value !== byte) attempt(edits.set(file, space, offset, value))
          }}
          onBlur={() => setTyped(null)}
        />
      </label>
      {first && first.before !== byte && (
        <span className={styles.original}>{w('original', { value: first.before.toString(16).padStart(2, '0') })}</span>
      )}
      {isRefused && (
        <p className={styles.refused} role="alert">
          {w('refused')}
        </p>
      )}
    </div>
  )
}
