import { useCallback } from 'react'
import { useLocale } from '../text/speech.tsx'

/** Names a country for its reader: in Chinese by its name, in English by the code that certificates print. */
export function useCountry(): (code: string) => string {
  const locale = useLocale()
  return useCallback(
    (code: string) =>
      locale !== 'zh' || !/^[A-Z]{2}$/.test(code)
        ? code
        : (new Intl.DisplayNames('zh-CN', { type: 'region', fallback: 'code' }).of(code) ?? code),
    [locale],
  )
}
