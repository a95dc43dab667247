import type { Texts } from '../core/saying.ts'

/** Faults of a pair of text tables, as sentences: what the compiler cannot see. */
export function textFaults(texts: Texts): string[] {
  const faults: string[] = []
  const keys = new Set([...Object.keys(texts.en), ...Object.keys(texts.zh)])
  for (const key of keys) {
    const en = texts.en[key]
    const zh = texts.zh[key]
    if (en === undefined || zh === undefined) { faults.push(`${key}: only in ${en === undefined ? 'Chinese' : 'English'}`); continue }
    if (en.trim() === '' || zh.trim() === '') faults.push(`${key}: empty`)
    if (/\b(TODO|FIXME|TBD|lorem)\b/i.test(`${en} ${zh}`)) faults.push(`${key}: placeholder`)
    if (isSentence(en) && en === zh) faults.push(`${key}: the Chinese is the English`)
    if (isSentence(en) && !/\p{Script=Han}/u.test(zh)) faults.push(`${key}: the Chinese has no Chinese in it`)
    // The outcome stands beside the question: “holds” must be the good answer in both languages.
    if (/(?:^|[.-])not-[a-z-]+\.question$/.test(key) && /是否已/.test(zh)) faults.push(`${key}: the Chinese asks the opposite`)
    for (const fault of chineseFaults(zh)) faults.push(`${key}: ${fault}`)
    if (placeholders(en) !== placeholders(zh)) faults.push(`${key}: placeholders differ: ${placeholders(en)} / ${placeholders(zh)}`)
    if (/\b(is|are) (trusted|secure|safe)\b|!(\s|$)/.test(en)) faults.push(`${key}: a word stronger than any check`)
  }
  return faults
}

/** Names (`MRTD`, `SGX quote v3`) may stay Latin; a sentence may not. */
function isSentence(text: string): boolean {
  return text.split(/\s+/).filter((word) => /^[a-z]{2,}/.test(word)).length >= 2
}

function placeholders(text: string): string {
  return [...new Set([...text.matchAll(/\{([A-Za-z0-9]+)\}/g)].map((match) => match[1] ?? ''))].sort((a, b) => (a < b ? -1 : 1)).join(',')
}

/** One word for one thing, and none that says another: what a Chinese reader would stumble over, and what stands in its place. */
const GLOSSARY: readonly (readonly [word: RegExp, instead: string])[] = [
  [/录像|录下来/u, '重放的旧证据'],
  [/身份信息/u, '身份声明'],
  [/客户机/u, '虚拟机'],
  [/(?<!宿)主机(?!名)(?=可|能|请求|启动|把)/u, '宿主机'],
  [/飞地/u, 'enclave'],
  [/验证者/u, '验证方'],
  [/敞开/u, 'what the host can do'],
  [/如何处置/u, '该做什么'],
  [/预期/u, '期望值'],
  [/吧？/u, '是否'],
  [/验证到底|逐字节已解释|这不能证明什么/u, 'plain words'],
]

/** Faults of a Chinese text: half-width punctuation beside Chinese characters, and words that the glossary replaces. */
export function chineseFaults(zh: string): string[] {
  const text = zh.replaceAll(/`[^`]*`/g, '').replaceAll(/\{[A-Za-z0-9]+\}/g, 'X').replaceAll(/\b(data|https?|ratls-cert):/g, '$1')
  const faults: string[] = []
  const half = /\p{Script=Han}\s?[,;:!?()]|[,;:!?()]\s?\p{Script=Han}/u.exec(text)
  if (half) faults.push(`half-width punctuation in “${half[0]}”`)
  for (const [word, instead] of GLOSSARY) {
    const found = word.exec(text)
    if (found) faults.push(`“${found[0]}”: the glossary says ${instead}`)
  }
  return faults
}
