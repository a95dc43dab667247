import type { LabClass, LabDeed, LabPreset } from '../core/lab.ts'
import type { Locale } from '../core/saying.ts'
import type { Scheme } from '../core/scheme.ts'
import type { InputFile } from './api.ts'
import { labWords } from './lab-words.ts'
import { entries, loadScheme } from './registry.ts'

/** A sentence in both languages. */
type Both = Readonly<Record<Locale, string>>

/** A preset as the lab needs it: what is made anew is asked for by name. */
export interface LabView extends Omit<LabPreset, 'deed'> {
  /** `format/class`. */
  readonly id: string
  readonly scheme: string
  readonly title: Both
  readonly stands: Both
  readonly deed: Exclude<LabDeed, { kind: 'remake' }> | { readonly kind: 'remake' }
}

const idOf = ({ format, failure }: { readonly format: string; readonly failure: LabClass }) => `${format}/${failure}`

/** Failures that evidence of these formats can have; of those that must be signed anew, the ones whose attester made this very case. */
export async function labOf(files: readonly InputFile[], formats: readonly string[]): Promise<readonly LabView[]> {
  const found: LabView[] = []
  for (const entry of entries) {
    if (!entry.formats.some((format) => formats.includes(format))) continue
    const scheme = await loadScheme(entry)
    for (const preset of (await scheme.lab?.()) ?? []) {
      if (!formats.includes(preset.format)) continue
      const { deed, ...rest } = preset
      if (deed.kind === 'remake' && !(await isSampleOf(scheme, deed.of, files))) continue
      found.push({
        ...rest,
        id: idOf(preset),
        scheme: scheme.id,
        ...labWords[preset.failure],
        deed: deed.kind === 'remake' ? { kind: 'remake' } : deed,
      })
    }
  }
  return found
}

/** The case with the files of a preset in the place of those of the same name; null where there is no such preset. */
export async function remake(
  schemeId: string,
  id: string,
  files: readonly InputFile[],
): Promise<readonly InputFile[] | null> {
  const entry = entries.find((one) => one.id === schemeId)
  const presets = entry && (await (await loadScheme(entry)).lab?.())
  const deed = presets?.find((one) => idOf(one) === id)?.deed
  if (deed?.kind !== 'remake') return null
  const made = await deed.make()
  return files.map((file) => {
    const other = made.find((one) => one.name === file.name)
    return other ? { ...file, bytes: other.bytes } : file
  })
}

async function isSampleOf(scheme: Scheme, ids: readonly string[], files: readonly InputFile[]): Promise<boolean> {
  for (const sample of scheme.samples) {
    if (!ids.includes(sample.id)) continue
    const own = await sample.files()
    if (own.length === files.length && own.every((one, at) => isSame(one, files[at]))) return true
  }
  return false
}

const isSame = (a: InputFile, b: InputFile | undefined) =>
  b !== undefined &&
  a.name === b.name &&
  a.bytes.length === b.bytes.length &&
  a.bytes.every((byte, at) => byte === b.bytes[at])
