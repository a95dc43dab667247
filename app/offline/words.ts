import { bilingual } from '../text/say.ts'

export const keepWords = bilingual(
  {
    keep: 'Keep this page in this browser',
    keepWhy: '. Then it opens without a network, also tomorrow. Only the page itself is kept, some megabytes; never what you open.',
    keeping: 'Keeping…',
    kept: 'Kept in this browser for use without a network: {size}, this page’s own files only.',
    remove: 'Remove',
    failed: 'It could not be kept: a file did not arrive, or was not as built.',
    newer: 'A newer version of this page is here.',
    newerWhy: 'What is open stays until you switch; then the page loads again and drops it. If it does not, close every tab of this page and open it again.',
    switch: 'Switch now',
    which: 'Which copy is this?',
    whichNone: 'No list of files lies beside this copy.',
    whichWhy: 'is its commit and the digest of its list of files, as this host says. To compare every file with the sources:',
    refused: 'A kept part of this page was not as built. It was refused and came from the network: {file}',
  },
  {
    keep: '把本页保存在此浏览器中',
    keepWhy: '。之后没有网络也能打开，明天也一样。只保存页面自身，几兆字节；绝不保存您打开的内容。',
    keeping: '正在保存…',
    kept: '已保存在此浏览器中，断网可用：{size}，仅页面自身的文件。',
    remove: '移除',
    failed: '未能保存：有文件没有送达，或与构建时不符。',
    newer: '本页已有新版本。',
    newerWhy: '在您切换之前，打开的内容保持不变；切换时页面会重新载入，打开的内容随之消失。若没有切换，请关闭本页的所有标签页再重新打开。',
    switch: '立即切换',
    which: '这是哪一份？',
    whichNone: '这一份旁边没有文件清单。',
    whichWhy: '是其提交号与文件清单的摘要，由本站自称。要把每个文件与源码对照：',
    refused: '保存的页面中有一部分与构建时不符，已拒绝使用并改从网络取得：{file}',
  },
)
