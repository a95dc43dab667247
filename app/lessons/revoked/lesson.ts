import type { Lesson } from '../lesson.ts'

export const lesson: Lesson = {
  id: 'revoked',
  number: 5,
  title: { en: 'Revoked, or just not checked?', zh: '已吊销，还是没检查？' },
  teaches: {
    en: 'Why a missing list is neither good nor bad news.',
    zh: '为什么缺少列表既不是好消息，也不是坏消息。',
  },
  minutes: 5,
  evidence: { samples: ['intel-dcap/tdx-revoked'], at: '2026-06-15T12:00:00Z' },
  steps: [
    {
      kind: 'read',
      text: {
        en: 'This platform’s certificate stands on the **revocation list** of its authority: the vendor has withdrawn its word. Signatures hold all the same; a list does not unmake a signature.',
        zh: '这个平台的证书在其机构的**吊销列表**上：厂商收回了自己的话。签名照样成立，列表并不能让签名消失。',
      },
      place: { check: 'intel.pck-not-revoked' },
    },
    {
      kind: 'read',
      text: {
        en: 'The list came as a file of its own, beside the quote. It is signed, so nobody can add or strike a name. But somebody had to bring it here.',
        zh: '列表是 Quote 旁边的一个独立文件。它有签名，谁也不能添上或划掉名字。但总得有人把它带来。',
      },
      place: { panel: 'collateral' },
    },
    {
      kind: 'predict',
      text: {
        en: 'Whoever sends you the evidence leaves the list out. What must an honest verifier say about this platform?',
        zh: '给您发送证据的人把列表抽掉了。诚实的验证方应该怎样说这个平台？',
      },
      options: [
        { said: { en: 'Not revoked', zh: '未吊销' } },
        { said: { en: 'Still revoked', zh: '仍是已吊销' } },
        { said: { en: 'Not checked', zh: '未检查' }, isRight: true },
      ],
      why: {
        en: 'Without the list nobody can know. A verifier that says “not revoked” here can be blinded by leaving one file out.',
        zh: '没有列表就无从得知。如果验证方此时说“未吊销”，那么抽掉一个文件就能蒙住它的眼睛。',
      },
      place: { panel: 'collateral' },
    },
    {
      kind: 'do',
      text: {
        en: 'Take the list away: in Raw, remove pck-crl.der from this case.',
        zh: '拿走列表：在“原始输入”面板里，把 pck-crl.der 从本案例移除。',
      },
      deed: { kind: 'take-away', name: 'pck-crl.der' },
      did: { en: 'pck-crl.der is no longer in the case.', zh: 'pck-crl.der 已不在案例中。' },
      place: { panel: 'raw', section: 'raw-pck-crl.der' },
    },
    {
      kind: 'see',
      text: {
        en: 'From **fails** to **not checked**, and the headline with it. The page names the file that is missing, its address, and the command that fetches it.',
        zh: '由**不成立**变为**未检查**，结论也随之改变。本页写明缺的是哪个文件、在什么地址、用什么命令取得。',
      },
      changes: [
        { check: 'intel.pck-not-revoked', before: 'fail', after: 'not-checked' },
        { check: 'intel.pck-crl-authentic', before: 'pass', after: 'not-checked' },
      ],
      place: { panel: 'collateral' },
    },
    {
      kind: 'do',
      text: {
        en: 'Now somebody helpful brings a list of the same authority, taken from another case. You have no such file: let the lesson add it.',
        zh: '这时有人热心送来一份列表，同一机构签发，取自另一个案例。您手上没有这个文件，请让本课代为加入。',
      },
      deed: { kind: 'add', sample: 'intel-dcap/tdx-up-to-date', name: 'pck-crl.der' },
      did: { en: 'Another list of the same authority is here.', zh: '同一机构的另一份列表已在这里。' },
      place: { panel: 'collateral' },
    },
    {
      kind: 'see',
      text: {
        en: 'It is genuine, in date, and of the right authority; this platform is not on it. The check **holds**: it can say no more than the list does. Two lists, both signed, both in date, and they disagree. So fetch the newest from the authority yourself, rather than take the one that came along.',
        zh: '它是真的，在有效期内，机构也对；只是这个平台不在上面。检查**成立**：它说不出列表以外的事。两份列表都有签名、都在有效期内，说法却不一致。所以要自己向机构取最新的一份，而不是用别人顺手送来的那份。',
      },
      changes: [{ check: 'intel.pck-not-revoked', before: 'not-checked', after: 'pass' }],
      place: { check: 'intel.pck-not-revoked' },
    },
    {
      kind: 'insight',
      text: {
        en: 'Missing is not failed, and it is not passed. Whoever can withhold a list can hide a revocation.',
        zh: '缺失不是失败，也不是通过。谁能扣下列表，谁就能藏住吊销。',
      },
    },
  ],
}
