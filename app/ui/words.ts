import { bilingual } from '../text/say.ts'

export const uiWords = bilingual(
  {
    showAll: 'show all {count} characters',
    mixed: 'mixed alphabets',
    mixedWhy: 'One word mixes Latin letters with look-alikes of another alphabet.',
    copy: 'Copy',
    copied: 'Copied',
    close: 'Close',
    holds: 'Holds',
    warns: 'Known issue',
    fails: 'Fails',
    'not-checked': 'Not checked',
    'not-applicable': 'Not applicable',
    unsupported: 'Cannot be checked here',
    error: 'Our error',
  },
  {
    showAll: '显示全部 {count} 个字符',
    mixed: '混用字母表',
    mixedWhy: '同一个词里混用了拉丁字母和另一种字母表中的形近字母。',
    copy: '复制',
    copied: '已复制',
    close: '关闭',
    holds: '成立',
    warns: '有已知问题',
    fails: '不成立',
    'not-checked': '未检查',
    'not-applicable': '不适用',
    unsupported: '此处无法检查',
    error: '本工具出错',
  },
)
