import { bilingual } from '../../text/say.ts'

export const notationWords = bilingual(
  { diagnostic: 'CBOR diagnostic notation', annotated: 'CBOR bytes, line by line', copy: 'copy', cut: 'The first {count} characters are shown; the copy has all.' },
  { diagnostic: 'CBOR 诊断表示', annotated: 'CBOR 字节逐行注释', copy: '复制', cut: '只显示前 {count} 个字符；复制时包含全部。' },
)
