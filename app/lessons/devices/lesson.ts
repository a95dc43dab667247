import type { Evidence, Lesson } from '../lesson.ts'

const evidence: Evidence = { samples: ['azure-cvm/snp-evidence-v2'], at: '2026-06-01T00:00:00Z' }

export const lesson: Lesson = {
  id: 'devices',
  number: 9,
  title: { en: 'Two devices, one statement', zh: '两个设备，一份声明' },
  teaches: {
    en: 'What ties a processor’s report to a second device’s quote.',
    zh: '是什么把处理器的报告与另一个设备的 Quote 连在一起。',
  },
  minutes: 6,
  evidence,
  steps: [
    {
      kind: 'read',
      text: {
        en: 'One file, two devices: a report of the processor (SEV-SNP), and a quote of a virtual TPM with the registers of the boot. Each is signed, by **different keys**. The headline speaks of one machine. With what right?',
        zh: '一个文件，两个设备：处理器的报告（SEV-SNP），以及虚拟 TPM 的 Quote，后者带有启动过程的寄存器。两者都有签名，但用的是**不同的密钥**。结论却只说一台机器。凭什么？',
      },
      place: { part: 'headline' },
    },
    {
      kind: 'read',
      text: {
        en: 'The TPM’s key has no certificate of its own. It is listed here, in the runtime data. The processor’s report carries the **hash of exactly these bytes** as its report data: the chip signed the list, and the list names the key.',
        zh: 'TPM 的密钥没有自己的证书。它列在这里，即运行时数据里。处理器报告的报告数据正是**这些字节的哈希**：芯片签了这份列表，列表里写着密钥。',
      },
      place: { panel: 'fields', field: '7:keys[0].n' },
    },
    {
      kind: 'predict',
      text: {
        en: 'An attacker replaces the listed key by one of their own, and signs a TPM quote that tells a lovely boot. What notices?',
        zh: '攻击者把列表里的密钥换成自己的，再签一份启动过程漂亮的 TPM Quote。什么会发现？',
      },
      options: [
        { said: { en: 'The TPM quote’s signature', zh: 'TPM Quote 的签名' } },
        { said: { en: 'The hash in the processor’s report', zh: '处理器报告里的哈希' }, isRight: true },
        { said: { en: 'The processor’s signature', zh: '处理器的签名' } },
      ],
      why: {
        en: 'Their signature would fit their key. The processor’s report is untouched and still right. Only the hash between the two says that they do not belong together.',
        zh: '他们的签名与他们的密钥相配；处理器的报告原封未动，仍然正确。只有两者之间的哈希说明：两者不是一起的。',
      },
      place: { panel: 'fields', field: '7:keys[0].n' },
      afterwards: { panel: 'path' },
    },
    {
      kind: 'do',
      text: {
        en: 'Change one bit of the listed key: another key stands in the list now.',
        zh: '改动列表里密钥的一位：列表里现在是另一把密钥。',
      },
      deed: { kind: 'flip', artifact: 7, path: 'keys[0].n', offset: 40, bit: 0 },
      did: { en: 'The list names another key now.', zh: '列表里已是另一把密钥。' },
      place: { panel: 'flip', field: '7:keys[0].n' },
    },
    {
      kind: 'see',
      text: {
        en: 'The processor’s own signature still holds. What is gone is the tie: the report no longer commits to this list, so nothing vouches for the TPM’s key, and its registers speak for nobody.',
        zh: '处理器自己的签名仍然成立。断的是两者之间的绑定：报告所承诺的不再是这份列表，于是没有谁为 TPM 的密钥担保，它的寄存器也就不代表任何机器。',
      },
      changes: [
        { check: 'snp.accompanying-data-bound', subject: 1, before: 'pass', after: 'fail' },
        { check: 'tpm.ak-vouched-for', subject: 0, before: 'pass', after: 'fail' },
        { check: 'snp.signed-by-chip-key', subject: 1, before: 'pass', after: 'pass' },
      ],
      place: { panel: 'flip' },
    },
    {
      kind: 'predict',
      evidence,
      text: {
        en: 'The copy is whole again. Now only the TPM quote is changed, one bit of its nonce. Does the processor’s report suffer?',
        zh: '副本已复原。现在只改 TPM Quote，动它随机数的一位。处理器的报告会受影响吗？',
      },
      options: [
        { said: { en: 'Yes, they are one statement', zh: '会，它们是一份声明' } },
        {
          said: {
            en: 'No: the tie goes from the chip to the key, not back',
            zh: '不会：芯片绑定了密钥，反过来并不成立',
          },
          isRight: true,
        },
      ],
      why: {
        en: 'The chip vouches for a key. It knows nothing about what that key signs afterwards.',
        zh: '芯片为一把密钥担保，但它并不知道这把密钥后来签了什么。',
      },
      place: { panel: 'fields', field: '2:extraData.buffer' },
    },
    {
      kind: 'do',
      text: { en: 'Flip a bit of the TPM quote’s nonce.', zh: '翻转 TPM Quote 里随机数的一位。' },
      deed: { kind: 'flip', artifact: 2, path: 'extraData.buffer', bit: 0 },
      did: { en: 'One bit of the TPM’s nonce is flipped.', zh: 'TPM 随机数的一位已翻转。' },
      place: { panel: 'flip', field: '2:extraData.buffer' },
    },
    {
      kind: 'see',
      text: {
        en: 'The TPM quote fails alone. Ask of every multi-device statement: who signed for whose key, and in which direction?',
        zh: '只有 TPM 的 Quote 不成立。凡是多设备的声明，都要问：谁为谁的密钥签了名，方向如何？',
      },
      changes: [
        { check: 'tpm.signed-by-ak', subject: 0, before: 'pass', after: 'fail' },
        { check: 'snp.signed-by-chip-key', subject: 1, before: 'pass', after: 'pass' },
        { check: 'snp.accompanying-data-bound', subject: 1, before: 'pass', after: 'pass' },
      ],
      place: { panel: 'flip' },
    },
    {
      kind: 'insight',
      text: {
        en: 'Two signatures side by side are two statements. They become one where one device signs for the other’s key.',
        zh: '两个签名并排放着，是两份声明；一个设备为另一个的密钥签了名，才合成一份。',
      },
    },
  ],
}
