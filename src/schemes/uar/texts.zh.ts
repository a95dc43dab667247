import type { en } from './texts.en.ts'

export const zh = {
  'format.uar.report': '统一远程证明报告（UAR）',
  'format.uar.result': '统一远程证明服务（UAS）的结果',
  'format.uar.nested-result': '报告内嵌的另一服务的结果',
  'detect.uar.report': '含有统一远程证明报告的成员。',
  'detect.uar.result': '含有统一远程证明服务结果的成员。',
  'sample.uar.result': '统一格式下某个服务签名的说法：给出它的公钥之前，不知道是谁说的。',
  'wish.uar.key': '该服务的公钥',
  'node.uar.service': '服务的密钥',
  'node.uar.result': '服务的说法',
  'limit.uar.quoted': '与硬件有关的任何内容：服务的说法只作引述，它所依据的证据不在这里。',
  'uar.no-signature': '缺少文本或其签名。',
  'uar.no-key': '这里没有该服务的公钥，结果本身也不带公钥。',
  'uar.not-by-these-keys': '给出的公钥都没有以这里认识的方式签署过这段文本。',
  'uar.give-key': '请从您信赖的渠道取得该服务的公钥，再加进来。',
  'uar.result-signed.question': '服务签署的正是这段文本吗？',
  'uar.result-signed.holds': '给出的公钥 {name} 签署了这段文本。',
  'uar.result-signed.fails': '这段文本没有签名。',
  'uar.result-signed.why': '没有它，任何人都能写出这份结果。',
} satisfies Record<keyof typeof en, string>
