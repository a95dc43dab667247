import { useLocale, useText } from '../text/speech.tsx'

/** Names a root for its reader: our own words about its holder in the reader's language, and what it is for where one holder has several. */
export function useRootName(): (root: { readonly holder: string; readonly scope?: string }) => string {
  const text = useText()
  const comma = useLocale() === 'zh' ? '，' : ', '
  return ({ holder, scope }) => {
    const name = text(`root.holder.${holder}`) ?? holder
    return scope === undefined ? name : `${name}${comma}${text(`root.scope.${scope}`) ?? scope}`
  }
}
