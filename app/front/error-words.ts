import { bilingual } from '../text/say.ts'

export const errorWords = bilingual(
  {
    todo: 'What to do:',
    source: 'Defined in {source}.',
    nothing: 'No error name or code that this page knows stands in it. Names such as SGX_QL_… or TPM_RC_… and numbers such as 0xe022 are looked for.',
    unknown: 'Looks like a code, and stands in no table here.',
  },
  {
    todo: '怎么办：',
    source: '定义于 {source}。',
    nothing: '其中没有本页认识的错误名称或代码。可查询的是 SGX_QL_…、TPM_RC_… 之类的名称和 0xe022 之类的数字。',
    unknown: '看起来是错误码，但不在本页的表中。',
  },
)
