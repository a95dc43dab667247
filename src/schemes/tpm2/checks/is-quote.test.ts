import { expect, it } from 'vitest'
import { ask } from '../testing.ts'
import { isQuote } from './is-quote.ts'

it('passes for a quote', async () => expect(await ask(isQuote)).toMatchObject({ outcome: 'pass' }))
it('fails for a statement about a key, although the key signed it', async () => expect(await ask(isQuote, { recipe: { type: 0x8017 } })).toMatchObject({ outcome: 'fail', because: { text: 'tpm.type', params: { type: 'TPM_ST_ATTEST_CERTIFY' } } }))
