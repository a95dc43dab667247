import { toHex } from '../../bytes/layout.ts'
import { encodePem } from '../../envelope/pem.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { issueOcsp } from '../../pki/issue-ocsp.ts'
import { CHAIN_SIGNERS, chainName, ES384, makeChain, makeReport, makeSwitchReport, MADE_AT } from './attester.ts'
import keys from './demo-device-keys.json'

/** Makes a protected group of the demonstration vendor: eight GPUs, four switches, each with a key and a chain of its own. */

/** Public on purpose, like the other demonstration keys. */
export const deviceKeys: readonly JsonWebKey[] = keys

const GPUS = 8
const SWITCHES = 4

/** Identity of a device: eight bytes, those of GPUs and of switches apart. */
export function pdi(index: number): Uint8Array {
  return Uint8Array.of(0xde, 0x30, 0, 0, 0, 0, index < GPUS ? 0x6a : 0x5c, index)
}

/** One device of the group as lists write it. */
export interface MadeDevice {
  readonly arch: string
  readonly certificate: string
  readonly evidence: string
  readonly nonce: string
}

const pemOf = (chain: readonly Uint8Array[]) =>
  toBase64(new TextEncoder().encode(chain.map((der) => encodePem('CERTIFICATE', der)).join('')))

/** The devices of the group, GPUs first, all answering one nonce. */
export async function makeGroup(nonce: Uint8Array): Promise<MadeDevice[]> {
  const switches = Array.from({ length: SWITCHES }, (_, i) => pdi(GPUS + i))
  const gpus = Array.from({ length: GPUS }, (_, i) => pdi(i))
  return Promise.all(
    deviceKeys.map(async (key, index): Promise<MadeDevice> => {
      const isGpu = index < GPUS
      const report = isGpu
        ? await makeReport({ key, nonce, feature: 2, protectedPcie: true, switches })
        : await makeSwitchReport({ key, nonce, own: pdi(index), gpus })
      const chain = await makeChain({ leafKey: key, serial: serialOf(index), pdi: pdi(index), isSwitch: !isGpu })
      return {
        arch: isGpu ? 'HOPPER' : 'LS10',
        certificate: pemOf(chain),
        evidence: toBase64(report),
        nonce: toHex(nonce),
      }
    }),
  )
}

/** Serial number of a device's leaf; its boot ROM's is one higher. */
const serialOf = (index: number) => 0x1000 + 2 * index

/** Answers about every certificate of the group that the responder answers about: one response an authority. */
export async function makeGroupAnswers(madeAt = MADE_AT): Promise<Uint8Array[]> {
  const serials = [deviceKeys.map((_, index) => serialOf(index) + 1), [3], [4]]
  return Promise.all(
    serials.map((list, at) => {
      const issuer = chainName(at + 2)
      const issuerKey = CHAIN_SIGNERS[at + 1]
      if (!issuerKey) throw new Error('no such authority')
      return issueOcsp({
        issuer,
        issuerKey,
        responder: issuer,
        responderKey: issuerKey,
        producedAt: madeAt,
        algorithm: ES384,
        answers: list.map((serial) => ({
          serial,
          status: 'good' as const,
          thisUpdate: madeAt - 3_600_000,
          nextUpdate: madeAt + 82_800_000,
        })),
      })
    }),
  )
}
