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
