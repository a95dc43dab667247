import type { MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import { chosenBytes, recipeOf, workload } from '../../envelope/making.ts'
import { makeReportBinary, makeReportJson } from './attester.ts'
import { AT } from './samples.ts'

/** A report of the attestation service of iTrustee. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'qca',
    title: ['Kunpeng iTrustee report (QCA)', '鲲鹏 iTrustee 证明报告（QCA）'],
    instead: [
      'On a real server the trusted OS measures the TA and the attestation TA signs with a key that the device’s own key vouches for. Here the page signs, with public demonstration keys.',
      '真服务器上由可信操作系统度量 TA，证明 TA 用设备密钥担保的密钥签名。这里由网页用公开的演示密钥签名。',
    ],
    at: AT,
    knobs: [
      {
        id: 'form',
        kind: 'choice',
        words: ['Form', '形式'],
        value: 'json',
        options: [
          { value: 'json', words: ['JSON', 'JSON'] },
          { value: 'binary', words: ['binary (old)', '二进制（旧）'] },
        ],
      },
      workload([
        'Of the JSON form: its SHA-256 is the measurement of the TA’s image.',
        '用于 JSON 形式：它的 SHA-256 就是 TA 镜像的度量值。',
      ]),
      chosenBytes('nonce', 64),
      {
        id: 'issuer',
        kind: 'choice',
        words: ['Who vouches for the device’s key', '谁为设备密钥担保'],
        value: 'root',
        options: [
          { value: 'root', words: ['the demonstration root', '演示根'] },
          { value: 'self', words: ['the device itself', '设备自己'] },
          { value: 'root-name', words: ['somebody who bears the root’s name', '只是同名的人'] },
        ],
      },
    ],
    async make(chosen) {
      const nonce = chosen.hex('nonce')
      const issuer = (['self', 'root-name'] as const).find((one) => one === chosen.text('issuer')) ?? ('root' as const)
      const recipe = { issuer, ...(nonce ? { nonce } : {}) }
      if (chosen.text('form') === 'binary') return [{ name: 'report.bin', bytes: await makeReportBinary(recipe) }]
      const image = toBase64Url(await digest('SHA-256', chosen.bytes('workload')))
      return [{ name: 'report.json', bytes: await makeReportJson({ ...recipe, more: { ta_img: image } }) }]
    },
  }),
]
