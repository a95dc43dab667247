import type { MakingRecipe } from '../../core/scheme.ts'
import { chosenBytes, collateral, debug, recipeOf } from '../../envelope/making.ts'
import { encodePem } from '../../envelope/pem.ts'
import {
  DRIVER_INDICES,
  makeAnswer,
  makeChain,
  makeReport,
  makeRim,
  makeSignerAnswer,
  measurement,
  VBIOS_INDICES,
  VBIOS_VERSION,
} from './attester.ts'
import { SAMPLES_AT } from './samples.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** Firmware that was started for debugging measures differently from the start on. */
const DEBUGGED = Object.fromEntries([1, 2, 3, 4, 9].map((index) => [index, measurement(100 + index)]))

/** A report of a GPU with its chain, the manifests of its firmware and the answers about its certificates. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'gpu',
    title: ['NVIDIA GPU report (SPDM)', 'NVIDIA GPU 证明报告（SPDM）'],
    instead: [
      'A real GPU measures its firmware while it starts and signs with a key made in its fuses. NVIDIA publishes the manifests. Here the page does both, with public demonstration keys.',
      '真正的 GPU 在启动时度量固件，用熔丝派生的密钥签名，清单由 NVIDIA 发布。这里两样都由网页用公开的演示密钥完成。',
    ],
    at: SAMPLES_AT,
    knobs: [
      chosenBytes('nonce', 32),
      debug([
        'Simplified: five measurements differ from the manifest, as those of firmware started for debugging do.',
        '简化：有五个度量值与清单不符，如同以调试方式启动的固件。',
      ]),
      {
        id: 'old',
        kind: 'flag',
        words: ['Another VBIOS than the manifest’s', 'VBIOS 与清单不同'],
        note: ['One measurement of the manifest is of another build.', '清单中有一个度量值属于另一个版本。'],
        value: 'off',
      },
      {
        id: 'revoked',
        kind: 'flag',
        words: ['A certificate of the chain revoked', '链中有证书被吊销'],
        value: 'off',
      },
      collateral(['Manifests and answers about the certificates.', '清单，以及关于证书的应答。']),
    ],
    async make(chosen) {
      const at = Date.parse(SAMPLES_AT)
      const nonce = chosen.hex('nonce', 32)
      const report = await makeReport({
        ...(nonce ? { nonce } : {}),
        ...(chosen.isOn('debug') ? { measurements: DEBUGGED } : {}),
      })
      const chain = (await makeChain()).map((der) => encodePem('CERTIFICATE', der)).join('')
      const own = [
        { name: 'report.bin', bytes: report },
        { name: 'chain.pem', bytes: utf8(chain) },
      ]
      if (!chosen.isOn('collateral')) return own
      const isRevoked = chosen.isOn('revoked')
      const answers = [1, 2, 3].map(async (index) => ({
        name: `certificate-${index}.ocsp`,
        bytes: await makeAnswer({
          index,
          madeAt: at,
          ...(isRevoked && index === 2 ? { status: 'revoked' as const, reason: 1 } : {}),
        }),
      }))
      const old = chosen.isOn('old') ? { values: { 9: new Uint8Array(48).fill(0x99) } } : {}
      return [
        ...own,
        { name: 'driver.swidtag', bytes: utf8(await makeRim({ active: DRIVER_INDICES })) },
        {
          name: 'vbios.swidtag',
          bytes: utf8(await makeRim({ version: VBIOS_VERSION, active: VBIOS_INDICES, ...old })),
        },
        ...(await Promise.all(answers)),
        { name: 'rim-signer.ocsp', bytes: await makeSignerAnswer('good', at) },
      ]
    },
  }),
]
