import { joinBytes } from '../../bytes/join.ts'
import { changes, presetsOf, signsAnew, type LabPreset } from '../../core/lab.ts'
import { demoKeys, makeCborChain, makeChain } from './attester.ts'

/** Failures of DICE chains, made again. What must be signed is made anew by the attester. */

const TCG = {
  title: 'TCG DICE Attestation Architecture',
  url: 'https://trustedcomputinggroup.org/resource/dice-attestation-architecture/',
}
const OPEN = {
  title: 'Open Profile for DICE',
  url: 'https://pigweed.googlesource.com/open-dice/+/HEAD/docs/specification.md',
}

const x509 = presetsOf('dice.x509-chain')
const cbor = presetsOf('dice.cbor-chain')
const chain = (recipe: Parameters<typeof makeChain>[0]) =>
  signsAnew('chain', 'chain.der', async () => joinBytes(await makeChain(recipe)))

export const presets: readonly LabPreset[] = [
  x509('foreign-key', TCG, chain({ bend: { leafSigner: demoKeys.other } }), [
    changes('dice.signed-by-issuer', 'pass', 'fail'),
  ]),
  x509('debug-signed', TCG, chain({ flags: 0x10 }), [changes('dice.modes-normal', 'pass', 'fail')]),
  x509('layers-swapped', TCG, chain({ numbers: [0, 2, 1] }), [changes('dice.layers-in-order', 'pass', 'fail')]),
  cbor(
    'debug-signed',
    OPEN,
    signsAnew('cbor', 'chain.cbor', async () => makeCborChain(2)),
    [changes('dice.modes-normal', 'pass', 'fail')],
  ),
]
