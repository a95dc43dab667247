import { bilingual } from '../text/say.ts'

export const glossaryWords = bilingual(
  {
    title: 'Glossary',
    lead: 'The words of this field, each in two sentences, with the text that defines it.',
    find: 'Find a term',
    none: 'No term here is written so.',
    source: 'Defined in: {source}',
    explained: 'What the word means',
    all: 'All terms',
    close: 'Close',
  },
  {
    title: '术语表',
    lead: '本领域的用语，每条一两句话，并注明定义它的文本。',
    find: '查找术语',
    none: '这里没有这样写的术语。',
    source: '定义出处：{source}',
    explained: '这个词的意思',
    all: '全部术语',
    close: '关闭',
  },
)
