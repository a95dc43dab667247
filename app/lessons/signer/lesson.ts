import type { Evidence, Lesson } from '../lesson.ts'

const evidence: Evidence = { samples: ['intel-dcap/tdx-up-to-date'], at: '2026-06-15T12:00:00Z' }

export const lesson: Lesson = {
  id: 'signer',
  number: 3,
  title: { en: 'Who signed the signer?', zh: '谁给签名者签名？' },
  teaches: {
    en: 'Why the key inside the quote proves nothing by itself.',
    zh: 'Quote 里的密钥为什么自己证明不了什么。',
  },
  minutes: 6,
  evidence,
  steps: [
    {
      kind: 'read',
      text: {
        en: 'The quote carries the key that its signature is verified with. Anybody can do that: make a key, sign what you like, put the key beside it. So who says that **this** key may speak for hardware?',
        zh: 'Quote 自带验证其签名所用的密钥。这谁都做得到：造一把密钥，想签什么就签什么，再把密钥放在旁边。那么，谁来说明**这把**密钥有资格替硬件说话？',
      },
      place: { panel: 'fields', field: '0:signatureData.attestationKey' },
    },
    {
      kind: 'read',
      text: {
        en: 'Follow the arrows from the root. It signed an authority, the authority a platform certificate (PCK), the PCK key a report of the quoting enclave, and that report holds a **hash of the attestation key**. Every edge is a check.',
        zh: '请从根开始，顺着箭头读这幅图。根签发了机构证书，机构签发了平台证书（PCK），PCK 密钥签署了 Quoting Enclave（QE）的报告，而该报告里有**证明密钥的哈希**。每条边都是一项检查。',
      },
      place: { panel: 'path' },
    },
    {
      kind: 'predict',
      text: {
        en: 'A forger replaces the attestation key by one of their own. Which link breaks?',
        zh: '伪造者把证明密钥换成自己的。哪一环会断？',
      },
      options: [
        { said: { en: 'Root → authority', zh: '根 → 机构' } },
        { said: { en: 'Authority → PCK', zh: '机构 → PCK' } },
        { said: { en: 'QE report → attestation key', zh: 'QE 报告 → 证明密钥' }, isRight: true },
        { said: { en: 'None: the new key fits its signature', zh: '都不断：新密钥与签名相配' } },
      ],
      why: {
        en: 'The hash in the QE report is of the old key, and the report is signed. Even a perfect signature by the new key would not help.',
        zh: 'QE 报告里是旧密钥的哈希，而报告有签名。新密钥签得再完美也没有用。',
      },
      place: { panel: 'fields', field: '0:signatureData.attestationKey' },
      afterwards: { check: 'intel.attestation-key-bound-by-qe' },
    },
    {
      kind: 'do',
      text: {
        en: 'Change one bit of the attestation key: another key stands there now.',
        zh: '改动证明密钥的一位：那里现在就是另一把密钥。',
      },
      deed: { kind: 'flip', artifact: 0, path: 'signatureData.attestationKey', bit: 0 },
      did: { en: 'The attestation key is another one now.', zh: '证明密钥已经是另一把。' },
      place: { panel: 'flip', field: '0:signatureData.attestationKey' },
    },
    {
      kind: 'see',
      text: {
        en: 'Two checks fail: the hash no longer names this key, and the signature was not made by it. A forger could repair the second with the private half of their key. The first, nobody can.',
        zh: '两项检查不成立：哈希指的不再是这把密钥，签名也不是它做的。第二项，伪造者用自己的私钥就能补上；第一项，谁也补不上。',
      },
      changes: [
        { check: 'intel.attestation-key-bound-by-qe', before: 'pass', after: 'fail' },
        { check: 'intel.quote-signed-by-attestation-key', before: 'pass', after: 'fail' },
      ],
      place: { check: 'intel.attestation-key-bound-by-qe' },
    },
    {
      kind: 'predict',
      evidence,
      text: {
        en: 'The copy is whole again. Everything hangs on the root now. What if you do not rely on that root?',
        zh: '副本已复原。现在一切都挂在根上。如果您不依赖这个根呢？',
      },
      options: [
        { said: { en: 'The signatures fail', zh: '签名不成立' } },
        {
          said: { en: 'Signatures hold, but the chain ends nowhere', zh: '签名成立，但证书链通不到任何根' },
          isRight: true,
        },
        { said: { en: 'Nothing changes', zh: '什么都不变' } },
      ],
      why: {
        en: 'A signature is mathematics. Where the chain may end is a decision, and it is yours.',
        zh: '签名是数学。证书链可以在哪里结束，是一个决定，由您来做。',
      },
      place: { part: 'root' },
    },
    {
      kind: 'do',
      text: {
        en: 'Switch the root off: in Expectations, under roots, take away its tick (“Demonstration root of this page”).',
        zh: '停用这个根：在“期望值”面板的“信任根”一栏，去掉“本页的演示根”前的勾选。',
      },
      deed: { kind: 'root-off', subject: 0 },
      did: { en: 'This root is switched off.', zh: '此根已停用。' },
      place: { panel: 'expectations', section: 'expect-roots' },
    },
    {
      kind: 'see',
      text: {
        en: 'Nothing in the file changed, and the page no longer says whose hardware signed it. All signatures still hold, and what they cover is still read: only nobody stands behind it for you.',
        zh: '文件里什么都没变，本页却不再说是谁的硬件签的。签名全部仍然成立，所签的内容照样可读：只是对您来说，背后没有人作保了。',
      },
      changes: [
        { root: true, before: 'demonstration', after: 'switched-off' },
        { check: 'intel.quote-signed-by-attestation-key', before: 'pass', after: 'pass' },
      ],
      place: { part: 'headline' },
    },
    {
      kind: 'insight',
      text: {
        en: 'A key is worth what the key above it says, up to a root that somebody chose to rely on.',
        zh: '一把密钥值多少，由上一级密钥来说，一直到某人决定依赖的那个根。',
      },
    },
  ],
}
