import type { EvidenceFormat } from '../../core/scheme.ts'
import { FORMATS } from './formats.ts'
import { ccelTable, newEventLayout, oldEventLayout } from './layout.ts'
import { readWhole } from '../../bytes/layout.ts'
import { certificatesOf } from './signature-list.ts'
import { readTcg, type TcgLog } from './tcg.ts'
import { deriveTcg } from './tcg-entries.ts'
import { eventNodes, insideNodes, logNode, stopProblems } from './tcg-node.ts'

function tcgFormat(id: string, label: string, isCc: boolean): EvidenceFormat<TcgLog> {
  return {
    id,
    message: 'supporting',
    title: `format.${id}`,
    rows: () => (id === FORMATS.tcg12 ? oldEventLayout.rows() : newEventLayout(new Map([[0x0b, 32]])).rows()),
    decode(slice) {
      const log = { ...readTcg(slice), isCc }
      return {
        tree: () => logNode(log, label),
        decoded: log,
        spaces: () => [],
        problems: stopProblems(log),
        inner: certificatesOf(log),
        expand: (path, from, to) => (path === 'events' ? eventNodes(log, from, to) : insideNodes(log, path, from, to)),
      }
    },
    derive: async (log) => deriveTcg(log),
  }
}

/** The three forms of a firmware's log. */
export const tcgFormats = [
  tcgFormat(FORMATS.tcg12, 'TCG 1.2 event log', false),
  tcgFormat(FORMATS.tcg2, 'TCG2 event log', false),
  tcgFormat(FORMATS.cc, 'CC event log', true),
] as const

/** Where a guest finds its log, and of which kind of guest it is. */
export const ccelTableFormat: EvidenceFormat<undefined> = {
  id: FORMATS.ccelTable,
  message: 'supporting',
  title: `format.${FORMATS.ccelTable}`,
  rows: () => ccelTable.rows(),
  decode(slice) {
    const reading = readWhole(ccelTable, slice, '', 'CCEL')
    return { tree: () => reading.node, decoded: undefined, spaces: () => [], problems: [], inner: [] }
  },
}
