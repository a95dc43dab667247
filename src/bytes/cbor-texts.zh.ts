import type { en } from './cbor-texts.en.ts'

export const zh = {
  'cbor.ends': '字节在 {at} 处结束，数据项还没有完。',
  'cbor.length': '{at} 处的字符串声称有 {claimed} 字节，实际只有 {have} 字节。',
  'cbor.trailing': '数据项之后从 {at} 起还有 {count} 个字节，它们不受数据项中任何内容的保护。',
  'cbor.duplicate-key': '同一个映射里有两个相同的键，分别在 {first} 和 {second}。不同的读取程序会取不同的那一个。',
  'cbor.non-minimal': '{at} 处的数字写得比必要的长。数值不变，但同一个值有了两种编码。',
  'cbor.utf8': '{at} 处的文本不是正确的 UTF-8。',
  'cbor.depth': '{at} 处的嵌套超过 {limit} 层，更深的内容不再读取。',
  'cbor.budget': '数据项超过 {limit} 个，从 {at} 起不再读取。',
  'cbor.break': '{at} 处出现结束标记，但前面没有长度未定的数据项。',
  'cbor.odd-map': '映射在 {at} 处结束，最后一个键没有值。',
  'cbor.reserved-head': '{at} 处的字节不能作为数据项的开头：它的低五位是保留值。',
  'cbor.chunk': '分段字符串在 {at} 处夹有其他类型的内容。',
  'cbor.simple': '{at} 处的简单值采用了 RFC 8949 禁止的写法。',
  'cbor.not-a-map': '{at} 处应该是一个映射。',
  'field.cbor.key': '这一项的键，以及值的首字节（类型和长度）。',
  'field.cbor.head': '后面内容的类型和长度：前三位是类型，其余是长度或成员个数。',
  'field.cbor.break': '结束标记（ff）：前面没有写明长度的内容到此为止。',
  'field.cbor.chunk': '分段字符串中的一段。',
} satisfies Record<keyof typeof en, string>
