import { expect, it } from 'vitest'
import { NO_POLICY } from '../../../src/core/policy.ts'
import { appraise } from '../../../src/engine/appraise.ts'
import { DEMO_AT, filesOf, makeCase, type Recipe } from '../../../src/schemes/intel-dcap/attester.ts'
import { attackerKey } from '../../../src/schemes/intel-dcap/demo-keys.ts'
import { graphOf, linkId } from './graph.ts'

/** A list's signature and what stands in the list are two arrows. */
async function outcomes(
  recipe: Recipe,
  ...without: readonly string[]
): Promise<Readonly<Record<string, string | undefined>>> {
  const files = filesOf(await makeCase(recipe)).filter((file) => !without.includes(file.name))
  const view = await appraise(files, { at: Date.parse(DEMO_AT), atSource: 'given', policy: NO_POLICY })
  const [subject] = view.subjects
  if (!subject) throw new Error('no subject')
  const { links } = graphOf(subject, view.checks)
  const of = (from: string, to: string) => links.find((link) => link.id === linkId(from, to))?.outcome
  return {
    'authority → list': of('intermediate', 'pck-crl'),
    'list → PCK': of('pck-crl', 'pck'),
    'root → list': of('root', 'root-crl'),
    'list → authority': of('root-crl', 'intermediate'),
  }
}

it('a revoked certificate does not make the authority’s signature on its list look wrong', async () => {
  expect(await outcomes({})).toEqual({
    'authority → list': 'pass',
    'list → PCK': 'pass',
    'root → list': 'pass',
    'list → authority': 'pass',
  })
  expect(await outcomes({ pckCrl: { revoked: [{ serial: 0x5043_4b01, at: '2026-06-01T00:00:00Z' }] } })).toEqual({
    'authority → list': 'pass',
    'list → PCK': 'fail',
    'root → list': 'pass',
    'list → authority': 'pass',
  })
  expect(await outcomes({ pckCrl: { nextUpdate: '2026-06-10T00:00:00Z' } })).toMatchObject({
    'authority → list': 'pass',
    'list → PCK': 'not-checked',
  })
  expect(await outcomes({ bend: { listKey: attackerKey } })).toEqual({
    'authority → list': 'fail',
    'list → PCK': 'not-checked',
    'root → list': 'fail',
    'list → authority': 'not-checked',
  })
  expect(await outcomes({}, 'pck-crl.der')).toMatchObject({
    'authority → list': 'not-checked',
    'list → PCK': 'not-checked',
  })
})
