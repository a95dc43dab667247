import { signWith } from '../../pki/issue.ts'
import { demoKey } from './demo-key.ts'
import { MAGIC } from './layout.ts'

/** What a note shall say. */
export interface NoteRecipe {
  readonly debug?: boolean
  readonly measurement?: Uint8Array
  readonly reportData?: Uint8Array
}

/** Makes a note signed by the demonstration key. */
export async function makeNote(recipe: NoteRecipe = {}): Promise<Uint8Array> {
  const body = new Uint8Array(4 + 2 + 2 + 32 + 32 + 8)
  body.set(new TextEncoder().encode(MAGIC), 0)
  body.set([1, 0, recipe.debug ? 1 : 0, 0], 4)
  body.set((recipe.measurement ?? new Uint8Array(32).fill(0xa5)).subarray(0, 32), 8)
  body.set((recipe.reportData ?? new TextEncoder().encode('chosen by the program')).subarray(0, 32), 40)
  const signature = await signWith(demoKey, { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, body)
  const note = new Uint8Array(body.length + signature.length)
  note.set(body)
  note.set(signature, body.length)
  return note
}
