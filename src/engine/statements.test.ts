import { beforeAll, describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { toHex } from '../bytes/layout.ts'
import { demoKeys } from '../schemes/scitt/demo-keys.ts'
import { makeStatement } from '../schemes/scitt/attester.ts'
import { makeDocument } from '../schemes/aws-nitro/attester.ts'
import { makeBundle, REPOSITORY } from '../schemes/sigstore/attester.ts'
import type { InputFile } from './api.ts'
import { appraise } from './appraise.ts'
import { sampleFiles } from './catalogue.ts'
import { inspect } from './inspect.ts'

/** Who says what a register should hold, beside evidence whose register it is. */

const AT = Date.parse('2026-01-02T00:00:00Z')
const text = (name: string, value: unknown) => ({ name, bytes: new TextEncoder().encode(JSON.stringify(value)) })

let report: readonly InputFile[] = []
/** The measurement that the demonstration's report signs. */
let own = ''
const other = 'b7'.repeat(48)
const contrast = (...measurements: readonly string[]) =>
  text('manifest.json', {
    Policies: {},
    ReferenceValues: { snp: measurements.map((one) => ({ TrustedMeasurement: one, ProductName: 'Milan' })) },
  })

async function view(...files: readonly InputFile[]) {
  const all = await appraise([...report, ...files], { at: AT, atSource: 'given', policy: NO_POLICY })
  const notes = all.checks.filter(({ id }) => id === 'software.statement-matches')
  return { all, notes, said: notes.map(({ outcome, because }) => `${outcome} ${because.text}`) }
}
const statement = async (name: string, recipe: Parameters<typeof makeStatement>[0]) => ({
  name,
  bytes: await makeStatement(recipe),
})

beforeAll(async () => {
  report = await sampleFiles('amd-sev-snp', 'milan-v2')
  const { artifacts } = await inspect(report)
  const found = artifacts.flatMap(({ facts }) => facts.measurements).find(({ name }) => name === 'MEASUREMENT')
  own = found ? toHex(found.value.value) : ''
  if (own.length !== 96) throw new Error('no measurement')
})

describe('a statement beside evidence', () => {
  it('that is authentic and names the register’s value: software holds, as its signer states', async () => {
    const { all, notes, said } = await view(await statement('endorsement.cose', { measurement: own }))
    expect(said).toEqual(['pass software.statement-matches.holds'])
    expect(all.statements.map(({ standing }) => standing)).toEqual(['authentic'])
    expect(all.answers.software.state).toBe('holds')
    expect(notes[0]).toMatchObject({ weight: 'notes', proves: [{ by: 'equality' }] })
  })
  it('that is authentic for another measurement is not for this: nothing fails', async () => {
    const { all, said } = await view(await statement('endorsement.cose', { measurement: other }))
    const { all: without } = await view()
    expect(said).toEqual(['not-checked statement.not-for-this'])
    expect([all.headline, all.ifRootTrusted, all.answers.software.state]).toEqual([
      without.headline,
      without.ifRootTrusted,
      without.answers.software.state,
    ])
  })
  it('that somebody else signed is rejected, and counts for nothing', async () => {
    const forged = { measurement: own, bend: { signWith: demoKeys.root } }
    const { all, said } = await view(await statement('forged.cose', forged))
    expect(said).toEqual(['not-checked statement.rejected'])
    expect(all.answers.software.state).not.toBe('holds')
  })
  it('counts once, however often it is given', async () => {
    const one = await statement('endorsement.cose', { measurement: own })
    const { all } = await view(one, { ...one, name: 'again.cose' })
    expect(all.statements).toHaveLength(1)
  })
})

describe('a list that nobody signed', () => {
  it('weighs what the reader’s own typing weighs', async () => {
    const { all, said } = await view(contrast(other, own))
    expect(said).toEqual(['pass statement.list-matches'])
    expect(all.statements.map(({ standing, isSigned }) => [standing, isSigned])).toEqual([['unsigned', false]])
  })
  it('is none the more signed for a small file beside it', async () => {
    const list = text('statement.json', {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'image', digest: { sha256: 'c3'.repeat(32) } }],
      predicateType: 'https://tinfoil.sh/predicate/snp-tdx-multiplatform/v1',
      predicate: { snp_measurement: own },
    })
    const nonce = { name: 'nonce.bin', bytes: Uint8Array.from({ length: 32 }, (_, i) => 200 - i * 3) }
    for (const beside of [[], [nonce], [{ ...nonce, bytes: new Uint8Array([...nonce.bytes, ...nonce.bytes]) }]])
      expect((await view(list, ...beside)).said).toEqual(['pass statement.list-matches'])
  })
  it('of other values is not for this', async () =>
    expect((await view(contrast(other))).said).toEqual(['not-checked statement.not-for-this']))
})

it('one that fits and one that does not are told apart, each by itself', async () => {
  const { all } = await view(contrast(other), await statement('endorsement.cose', { measurement: own }))
  expect(all.statements.flatMap(({ ties }) => ties.map(({ fit, counts }) => [fit, counts]))).toEqual([
    ['not-for-this', false],
    ['matches', true],
  ])
})

describe('provenance of a file from which registers follow', () => {
  const at = Date.parse('2026-01-01T00:01:00Z')
  const ask = async (files: readonly InputFile[], signers: readonly string[] = [REPOSITORY]) => {
    const all = await appraise(files, { at, atSource: 'given', policy: { ...NO_POLICY, signers } })
    const said = all.checks.filter(({ id }) => id === 'software.statement-matches')
    return { all, said: said.map(({ outcome, because }) => `${outcome} ${because.text}`) }
  }
  const given = async () => {
    const [image] = await sampleFiles('measured-image', 'eif')
    if (!image) throw new Error('no image')
    const { all } = await ask([image])
    const pcrs = Object.fromEntries(
      (all.statements[0]?.registers ?? []).flatMap(({ register, values: [value = ''] }) => {
        const number = /^PCR([0-8])$/.exec(register)?.[1]
        return number === undefined ? [] : [[Number(number), Uint8Array.from(Buffer.from(value, 'hex'))]]
      }),
    )
    const document = { name: 'document.cbor', bytes: await makeDocument({ pcrs, madeAt: at - 30_000 }) }
    const bundle = { name: 'bundle.json', bytes: await makeBundle({ file: image.bytes }) }
    return { image, document, bundle }
  }

  it('ties its signer to the registers through the file', async () => {
    const { image, document, bundle } = await given()
    const { said, all } = await ask([document, image, bundle])
    expect(said).toEqual(['pass statement.file-matches'])
    expect(all.answers.software.state).toBe('holds')
  })
  it('is of a file that the evidence does not name where the file is not here, or is another one', async () => {
    const { image, document, bundle } = await given()
    expect((await ask([document, bundle])).said).toEqual(['not-checked statement.file-not-named'])
    const other = { ...bundle, bytes: await makeBundle({ file: new TextEncoder().encode('another image') }) }
    expect((await ask([document, image, other])).said).toEqual(['not-checked statement.file-not-named'])
  })
  it('says by whom it is open where nobody is expected', async () => {
    const { image, document, bundle } = await given()
    expect((await ask([document, image, bundle], [])).said).toEqual(['not-checked statement.by-whom'])
  })
})
