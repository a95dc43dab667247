import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compare, folderOf, type Outcome } from './compare.ts'
import { isAccepted } from './paths.ts'
import { PKITS_DIFFERENCES } from './pkits-differences.ts'

/**
 * NIST PKITS: certificate paths and lists. PKITS names the folder `tests` of a checkout of wbond/certvalidator:
 * the files lie in `fixtures/nist_pkits`, and `test_validate.py` has the table of what belongs together.
 */
const folder = folderOf('PKITS', 'NIST PKITS')

const ROW =
  /'(4\d{4}_\w+)',\s*'([^']+)',\s*\[([^\]]*)\],\s*\[([^\]]*)\],\s*(?:\d+|None),\s*(?:True|False),\s*(None|\w+)/g
const names = (list: string | undefined) => [...(list ?? '').matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '')

describe.skipIf(folder === undefined)('NIST PKITS', () => {
  it('accepts and refuses paths as the suite says', async () => {
    const place = join(folder ?? '', 'fixtures', 'nist_pkits')
    const certificate = (name: string) => new Uint8Array(readFileSync(join(place, 'certs', name)))
    const list = (name: string) => new Uint8Array(readFileSync(join(place, 'crls', name)))
    const table = readFileSync(join(folder ?? '', 'test_validate.py'), 'utf8')
    const outcomes: Outcome[] = []
    const told = new Set<string>()
    const ask = async (
      id: string,
      isGood: boolean,
      leaf: string,
      others: readonly string[],
      lists: readonly string[],
    ) => {
      const isOurs = await isAccepted({
        leaf: certificate(leaf),
        pool: others.map(certificate),
        roots: [certificate('TrustAnchorRootCertificate.crt')],
        lists: lists.map(list),
        at: Date.UTC(2015, 0, 1),
      })
      told.add(leaf)
      outcomes.push({ id, expected: isGood ? 'accept' : 'refuse', ours: isOurs ? 'accept' : 'refuse' })
    }
    for (const [, id = '', leaf = '', others, lists, fault] of table.matchAll(ROW))
      await ask(id, fault === 'None', leaf, names(others), ['TrustAnchorRootCRL.crl', ...names(lists)])
    // Those that the table leaves out say in their names what they are; whoever could stand above them is there.
    const all = readdirSync(join(place, 'certs')).sort()
    const everyone = all.filter((name) => !name.endsWith('EE.crt'))
    for (const leaf of all.filter((name) => /^(Valid|Invalid).*EE\.crt$/.test(name) && !told.has(name)))
      await ask(leaf, leaf.startsWith('Valid'), leaf, everyone, readdirSync(join(place, 'crls')).sort())
    expect(compare('NIST PKITS', outcomes, PKITS_DIFFERENCES)).toEqual([])
  }, 600_000)
})
