import { bilingual } from '../text/say.ts'
import { useWords } from '../text/speech.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useLetterKeys } from './keys.tsx'
import styles from './keys.module.css'

const words = bilingual(
  {
    title: 'Keys',
    open: 'choose files',
    paste: 'paste evidence',
    help: 'this list',
    search: 'find in fields and bytes',
    finding: 'previous and next finding',
    copy: 'copy the selected bytes as hex; in the collateral panel: all commands',
    clear: 'clear the selection',
    get: 'in the collateral panel: to the button that gets what is missing',
    arrows: 'move in the tree or in the bytes',
    extend: 'extend the selection in the bytes',
    sides: 'close and open a field; first and last byte of a row',
    ends: 'start and end',
    enter: 'show the field under the caret',
    panels: 'open a panel',
    letters: 'Single-letter keys act',
    lettersWhy: 'Switch them off if you dictate or use a screen reader’s own letters. Ctrl O and Ctrl V stay.',
  },
  {
    title: '快捷键',
    open: '选择文件',
    paste: '粘贴证据',
    help: '本列表',
    search: '在字段与字节中查找',
    finding: '上一项、下一项发现',
    copy: '将所选字节复制为十六进制；在验证辅助材料面板中：复制全部命令',
    clear: '清除选择',
    get: '在验证辅助材料面板中：移到“获取所缺”的按钮',
    arrows: '在字段树或字节中移动',
    extend: '在字节中扩展选择',
    sides: '收起与展开字段；行首与行尾字节',
    ends: '开头与结尾',
    enter: '显示光标处的字段',
    panels: '打开面板',
    letters: '启用单字母快捷键',
    lettersWhy: '如果您使用语音输入或读屏软件的单字母命令，可以关闭。Ctrl O 与 Ctrl V 始终可用。',
  },
)

const ROWS = [
  [['Ctrl O'], 'open'],
  [['Ctrl V'], 'paste'],
  [['?'], 'help'],
  [['1', '…', '9', '0', 'r'], 'panels'],
  [['[', ']'], 'finding'],
  [['/'], 'search'],
  [['↑', '↓', '←', '→'], 'arrows'],
  [['Shift ↑ ↓ ← →'], 'extend'],
  [['Home', 'End'], 'sides'],
  [['Ctrl Home', 'Ctrl End'], 'ends'],
  [['Enter'], 'enter'],
  [['c'], 'copy'],
  [['g'], 'get'],
  [['Esc'], 'clear'],
] as const

/** The map of all keys, and the switch for single letters. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const w = useWords(words)
  const { hasLetters, setLetters } = useLetterKeys()
  return (
    <Dialog title={w('title')} onClose={onClose}>
      <dl className={styles.list}>
        {ROWS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{w(what)}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.letters}>
        <input type="checkbox" checked={hasLetters} onChange={(event) => setLetters(event.target.checked)} />
        {w('letters')}
      </label>
      <p className={styles.why}>{w('lettersWhy')}</p>
    </Dialog>
  )
}
