import { bilingual } from '../../text/say.ts'

export const certificatesWords = bilingual(
  {
    title: 'Certificates',
    lead: 'Above each certificate stands who signed it. Open one to see every field, its bytes, and what an independent library says about it.',
    none: 'This evidence names no certificates.',
    signs: '{name} signed it:',
    chain: 'Chain',
    alone: 'Certificates of collateral and others',
    validity: '{from} – {to}',
    pinnedOnly: 'It did not come with the evidence: this page knows it, and has no bytes of this case to show.',
    atUntrue: 'not in force at the chosen date',
  },
  {
    title: '证书',
    lead: '每张证书上方写明由谁签名。打开任意一张，可查看全部字段、其字节，以及一个独立程序库对它的看法。',
    none: '此证据没有列出证书。',
    signs: '由 {name} 签名：',
    chain: '证书链',
    alone: '辅助材料及其他证书',
    validity: '{from} – {to}',
    pinnedOnly: '它没有随证据提供：本页认识它，但本案例中没有它的字节可以显示。',
    atUntrue: '在所选时刻不在有效期内',
  },
)
