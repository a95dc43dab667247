import { expect, it } from 'vitest'
import { issueCertificate, name, basicConstraints, keyUsage } from './issue.ts'
import { verifyPathBeside } from './path-beside.ts'
import { anchorOf, ES256, KEYS, read } from './testing.ts'
import type { PathProfile } from './types.ts'

/** Certificates beside the evidence: they complete a chain, and accuse nobody. */

const profile: PathProfile = { id: 'test', knownCritical: [], algorithms: ['ec:P-256/ecdsa-with-SHA256'] }
const span = { notBefore: Date.UTC(2025, 0, 1), notAfter: Date.UTC(2035, 0, 1), algorithm: ES256 }
const authority = [basicConstraints(true), keyUsage('keyCertSign')]
const [rootName, middleName] = [name({ CN: 'root' }), name({ CN: 'middle' })]
const certificate = async (
  subject: Uint8Array,
  subjectKey: JsonWebKey,
  issuer: Uint8Array,
  issuerKey: JsonWebKey,
  extensions = authority,
  serial = 1,
) => read(await issueCertificate({ subject, subjectKey, issuer, issuerKey, extensions, serial, ...span }))

const root = await certificate(rootName, KEYS.root, rootName, KEYS.root)
const middle = await certificate(middleName, KEYS.authority, rootName, KEYS.root)
const leaf = await certificate(name({ CN: 'leaf' }), KEYS.leaf, middleName, KEYS.authority, [
  keyUsage('digitalSignature'),
])
/** The name of the middle one, and another key; its name and key, and no authority; its name and key, and signed by nobody. */
const otherKey = await certificate(middleName, KEYS.other, rootName, KEYS.root, authority, 2)
const noAuthority = await certificate(middleName, KEYS.authority, rootName, KEYS.root, [keyUsage('keyCertSign')], 3)
const forged = await certificate(middleName, KEYS.authority, rootName, KEYS.other, authority, 4)
const find = async (carried: readonly (typeof leaf)[], beside: readonly (typeof leaf)[]) =>
  verifyPathBeside({
    leaf,
    carried,
    beside,
    anchors: [await anchorOf(root)],
    purpose: 'evidence',
    profile,
    at: Date.UTC(2026, 0, 1),
  })
const STRANGERS = [otherKey, noAuthority, forged]

it('what lies beside completes the chain, among strangers and in any order', async () => {
  for (const beside of [[middle], [...STRANGERS, middle], [middle, ...STRANGERS]]) {
    const { path, isOther } = await find([], beside)
    expect(path.anchor).toBeDefined()
    expect(path.faults).toEqual([])
    expect(isOther).toBe(false)
  }
})
it.each([
  ['another key of the name', otherKey, true],
  ['the key in a certificate of no authority', noAuthority, false],
  ['the key in a certificate that nobody signed', forged, false],
])(
  '%s leaves the issuer open where it lies beside, and is a fault where the evidence carries it',
  async (_, one, isOther) => {
    expect(await find([], [one])).toMatchObject({ path: { rootStatus: 'none', faults: [] }, isOther })
    expect((await find([one], [])).path.faults).not.toEqual([])
  },
)
it('forty of them are left aside, and so is having too many', async () => {
  const crowd = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      certificate(middleName, KEYS.other, middleName, KEYS.other, authority, 50 + i),
    ),
  )
  expect((await find([], [...crowd, middle])).path).toMatchObject({ faults: [] })
  expect((await find([], crowd)).path).toMatchObject({ rootStatus: 'none', faults: [] })
})
