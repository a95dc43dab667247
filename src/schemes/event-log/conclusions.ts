import type { Conclusion, DerivedEvent, Events, NamedValue } from '../../core/derived.ts'
import { coveredAt, coveredRangesAt, eventAt } from '../../core/events.ts'
import { say } from '../../core/saying.ts'
import { toHex } from '../../bytes/layout.ts'
import { isOfZeros } from './coverage.ts'
import { named } from './model.ts'
import { EV_NO_ACTION, EV_SEPARATOR, startsWith, type TcgEvent, type TcgLog } from './tcg.ts'
import { secureBoot } from './secure-boot.ts'

/** What a firmware log allows to conclude: only from covered words, in the place where that kind of event may stand. */

const EV_EFI_APPLICATION = 0x80000003
const EV_EFI_ACTION = 0x80000007
const EXIT = 'Exit Boot Services Invocation'

interface Concluded {
  readonly values: readonly NamedValue[]
  readonly conclusions: readonly Conclusion[]
}

/** Named values and conclusions. */
export function concluded(log: TcgLog, events: Events): Concluded {
  const boot = secureBoot(log, events)
  const line = commandLine(log, events)
  const runtime = aael(log, events)
  return {
    conclusions: [...(boot ? [boot.conclusion] : []), ...(line ? [line.conclusion] : [])],
    values: [
      ...(boot?.value ? [boot.value] : []),
      ...(line?.value ? [line.value] : []),
      ...programs(log, events),
      ...runtime,
    ],
  }
}

/** The first event of an action with covered words; everything behind it in that register is the operating system's. */
function exitIn(log: TcgLog, events: Events, register: number): number {
  const found = log.events.findIndex(
    (event, i) =>
      event.register === register &&
      event.type === EV_EFI_ACTION &&
      coveredAt(events, i) === 'whole' &&
      eventAt(events, i)?.words === EXIT,
  )
  return found < 0 ? Infinity : found
}

/** The kernel's command line as GRUB measured it: exactly one, without the file name in front. */
function commandLine(log: TcgLog, events: Events) {
  const register = log.isCc ? 3 : 8
  const found = log.events.flatMap((event, i) => {
    const entry = event.register === register && event.type === 0xd && mayBeLine(log, event) && eventAt(events, i)
    return entry && /^(?:kernel_cmdline: |grub_kernel_cmdline )/.test(entry.words) ? [{ entry, i }] : []
  })
  const [only] = found
  if (!only) return undefined
  const common = { name: 'cmdline', register: only.entry.register, events: found.map(({ i }) => i) }
  if (found.length > 1)
    return { conclusion: { ...common, because: say('log.cmdline.several', { count: found.length }) } }
  if (only.entry.covered !== 'part') return { conclusion: { ...common, because: say('log.cmdline.not-covered') } }
  const doubt = otherLine(log, events, only.i)
  if (doubt !== undefined) return { conclusion: { ...common, because: say(doubt) } }
  const whole = new TextDecoder().decode(coveredBytes(log, only.entry)).replace(/\0$/, '')
  const value = whole.replace(/^\S+\s?/, '')
  return {
    conclusion: { ...common, because: say('log.cmdline.holds'), value },
    value: named('cmdline', value, only.entry, only.i),
  }
}

/**
 * The prefix that makes a text a command line is covered by nothing: any text that begins with the path of a kernel may be the line, under whatever name it stands now.
 * And the last one counts, which may stand behind, where the digest covers none of the words.
 */
function otherLine(log: TcgLog, events: Events, only: number): string | undefined {
  const register = log.events[only]?.register
  let isNamed = false
  for (const [i, event] of log.events.entries()) {
    if (event.register !== register || event.type === EV_NO_ACTION) continue
    const isPath = coveredRangesAt(events, i).some(({ start }) => PATH.includes(log.slice.bytes[start] ?? 0))
    if (i === only) isNamed = isPath
    else if (isPath) return 'log.cmdline.another'
    else if (i > only && coveredAt(events, i) === 'none') return 'log.cmdline.behind'
  }
  return isNamed ? undefined : 'log.cmdline.no-path'
}
/** `/vmlinuz`, `(hd0,gpt2)/vmlinuz`: GRUB takes no other names of files. */
const PATH: readonly number[] = [0x2f, 0x28]

/** Told by the bytes, because a loader writes very many lines: in ASCII, or in UTF-16, which the words tell. */
function mayBeLine({ slice }: TcgLog, { dataStart, end }: TcgEvent): boolean {
  const data = { ...slice, end }
  return (
    slice.bytes[dataStart + 1] === 0 ||
    startsWith(data, dataStart, 'kernel_cmdline: ') ||
    startsWith(data, dataStart, 'grub_kernel_cmdline ')
  )
}

function coveredBytes(log: TcgLog, entry: DerivedEvent): Uint8Array {
  const range = entry.coveredRanges[0]
  return range ? log.slice.bytes.subarray(range.start, range.end) : new Uint8Array()
}

/** Digests of the programs that the firmware started: the digest itself is what extends the register; the path beside it is only said. */
function programs(log: TcgLog, events: Events): NamedValue[] {
  const register = log.isCc ? 2 : 4
  const stop = log.isCc ? exitIn(log, events, register) : Infinity
  // On a TPM what counts stands behind the separator, where there is one at all.
  const separator = log.isCc ? -1 : log.events.findIndex((event) => isSeparator(event, register))
  const found: NamedValue[] = []
  for (const [i, event] of log.events.entries()) {
    if (i > stop) break
    if (event.register !== register || i <= separator || event.type === EV_NO_ACTION) continue
    if (event.type !== EV_EFI_APPLICATION) {
      // The type is covered by nothing: this may be a program, and what stands behind it that program's own doing.
      if (coveredAt(events, i) === 'none') break
      continue
    }
    const entry = eventAt(events, i)
    const digest = event.digests.at(-1)
    if (entry && digest)
      found.push({ ...named(`boot-program-${found.length + 1}`, toHex(digest.value), entry, i), ranges: entry.ranges })
  }
  return found
}

const isSeparator = (event: TcgEvent, register: number) =>
  event.register === register && event.type !== EV_NO_ACTION && (event.type === EV_SEPARATOR || isOfZeros(event))

const AAEL = [0x4c, 0x45, 0x41, 0x41]

/** Records of a guest's agent: `domain operation content`, hashed with their head. The last word of each domain and operation stands. */
function aael(log: TcgLog, events: Events): NamedValue[] {
  return log.events.flatMap((event, i) => {
    const bytes = log.slice.bytes.subarray(event.dataStart, event.end)
    const isRecord = event.type === 6 && AAEL.every((byte, at) => bytes[at] === byte)
    const entry = isRecord && coveredAt(events, i) === 'whole' && eventAt(events, i)
    if (!entry) return []
    const text = new TextDecoder().decode(bytes.subarray(8)).replace(/\0+$/, '')
    const parts = /^(\S+) (\S+) (.*)$/s.exec(text)
    return parts ? [named(`aael:${parts[1]} ${parts[2]}`.slice(0, 200), (parts[3] ?? '').slice(0, 4096), entry, i)] : []
  })
}
