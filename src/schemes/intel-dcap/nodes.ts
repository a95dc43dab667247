import { isoOf } from '../../bytes/der-node.ts'
import { type ArtifactIndex, rangeOf, type Slice } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { Cite, TimelineEntry, TrustNode, WholePath } from '../../core/verdict.ts'
import type { Certificate } from '../../pki/types.ts'
import { hexOffset } from '../../bytes/layout.ts'
import type { Work } from './work.ts'

/** Ids of the nodes of the trust path; checks draw their edges between them. */
export const NODE = {
  root: 'root',
  ca: 'intermediate',
  pck: 'pck',
  qe: 'qe',
  key: 'attestation-key',
  body: 'body',
  data: 'data',
  pckList: 'pck-crl',
  rootList: 'root-crl',
  tcbSigner: 'tcb-signing',
  tcbInfo: 'tcb-info',
  identity: 'qe-identity',
  module: 'tdx-module',
} as const

/** Where a certificate lies: in the quote, or in an artifact of the case. Undefined for those that this page brings itself. */
export function artifactOf(work: Work, certificate: Certificate): number | undefined {
  if (work.quote.certificates.includes(certificate)) return work.artifact
  return work.certificates.find((one) => one.value === certificate)?.item.artifact
}

/** A cite of a certificate; undefined for one that is not in the case. */
export function certificateCite(work: Work, certificate: Certificate | undefined): Cite | undefined {
  if (!certificate) return undefined
  const artifact = artifactOf(work, certificate)
  if (artifact === undefined) return undefined
  const path = work.quote.certificatePaths[work.quote.certificates.indexOf(certificate)] ?? 'certificate'
  return { artifact, path, ranges: [rangeOf(certificate.slice)] }
}

const when = (at: number) => (Number.isFinite(at) ? isoOf(at) : null)

function certificateNode(
  work: Work,
  id: string,
  kind: 'root' | 'certificate',
  title: Saying,
  certificate: Certificate,
): TrustNode {
  const cite = certificateCite(work, certificate)
  const from = when(certificate.notBefore)
  const to = when(certificate.notAfter)
  const range = cite?.ranges[0]
  return {
    id,
    kind,
    title,
    name: certificate.subject.commonName === '' ? certificate.subject.text : certificate.subject.commonName,
    ...(cite ? { cite } : {}),
    ...(cite && range ? { certificate: { artifact: cite.artifact, range } } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  }
}

interface Dated {
  readonly source: {
    readonly item: { readonly artifact: ArtifactIndex; readonly slice: Slice }
    readonly value: {
      readonly issueDateMs: number | undefined
      readonly nextUpdateMs: number | undefined
      readonly bodyPath: string
      readonly body: Slice | undefined
    }
  }
}

function collateralNode(id: string, title: Saying, name: string, { source }: Dated): TrustNode {
  const { item, value } = source
  return {
    id,
    kind: 'collateral',
    title,
    name,
    cite: { artifact: item.artifact, path: value.bodyPath, ranges: [rangeOf(value.body ?? item.slice)] },
    ...(value.issueDateMs === undefined ? {} : { from: isoOf(value.issueDateMs) }),
    ...(value.nextUpdateMs === undefined ? {} : { to: isoOf(value.nextUpdateMs) }),
  }
}

/** The trust path of a quote, from the root down to the bytes that the program chose, with the collateral that acts on it. */
export function trustNodes(work: Work): TrustNode[] {
  const { quote, chain, artifact } = work
  const nodes: TrustNode[] = []
  // What only calls itself Intel's is not called so here.
  const root = say(chain.path?.anchor?.status === 'demonstration' ? 'node.intel.demo-root' : 'node.intel.root')
  if (chain.root) nodes.push(certificateNode(work, NODE.root, 'root', root, chain.root))
  else if (chain.path?.anchor) nodes.push({ id: NODE.root, kind: 'root', title: root, name: chain.path.anchor.holder })
  if (chain.intermediate)
    nodes.push(certificateNode(work, NODE.ca, 'certificate', say('node.intel.ca'), chain.intermediate))
  if (chain.leaf) nodes.push(certificateNode(work, NODE.pck, 'certificate', say('node.intel.pck'), chain.leaf))
  const place = (
    id: string,
    kind: TrustNode['kind'],
    title: Saying,
    at: { readonly path: string; readonly ranges: Cite['ranges'] } | undefined,
    name?: string,
  ) => {
    if (at)
      nodes.push({
        id,
        kind,
        title,
        cite: { artifact, path: at.path, ranges: at.ranges },
        ...(name === undefined ? {} : { name }),
      })
  }
  const qe = quote.qeReport &&
    quote.qeReportSlice && { path: quote.qeReport.$.path, ranges: [rangeOf(quote.qeReportSlice)] }
  place(NODE.qe, 'enclave', say('node.intel.qe'), qe)
  place(NODE.key, 'key', say('node.intel.key'), quote.attestationKey)
  const isTd = quote.body !== undefined && quote.body.kind !== 'sgx'
  place(
    NODE.body,
    'content',
    say(isTd ? 'node.intel.td' : 'node.intel.enclave'),
    quote.body && { path: 'body', ranges: [rangeOf(quote.body.slice)] },
  )
  place(NODE.data, 'data', say('node.intel.data'), quote.body?.report.reportData)
  const list = (of: 'pck-crl' | 'root-crl') =>
    work.lists.find((one) => one.of === of && one.standing?.authentic === 'authentic') ??
    work.lists.find((one) => one.of === of)
  for (const [id, title] of [
    [NODE.pckList, 'node.intel.pck-crl'],
    [NODE.rootList, 'node.intel.root-crl'],
  ] as const) {
    const found = list(id)
    if (!found) continue
    const { item, value } = found.source
    const from = when(value.thisUpdate)
    const to = value.nextUpdate === undefined ? null : when(value.nextUpdate)
    nodes.push({
      id,
      kind: 'collateral',
      title: say(title),
      name: value.issuer.commonName,
      cite: { artifact: item.artifact, path: '', ranges: [rangeOf(value.slice)] },
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
    })
  }
  const signer = (work.tcbInfo.deciding ?? work.identity.deciding)?.signer
  if (signer) nodes.push(certificateNode(work, NODE.tcbSigner, 'certificate', say('node.intel.tcb-signing'), signer))
  if (work.tcbInfo.deciding)
    nodes.push(
      collateralNode(
        NODE.tcbInfo,
        say('node.intel.tcb-info'),
        work.tcbInfo.deciding.source.value.fmspc ?? '',
        work.tcbInfo.deciding,
      ),
    )
  if (work.identity.deciding)
    nodes.push(
      collateralNode(
        NODE.identity,
        say('node.intel.qe-identity'),
        work.identity.deciding.source.value.id ?? '',
        work.identity.deciding,
      ),
    )
  const { module } = work
  const info = work.tcbInfo.deciding
  if (module?.kind === 'compared' && info)
    nodes.push({
      id: NODE.module,
      kind: 'module',
      title: say('node.intel.module'),
      name: module.id,
      cite: { artifact: info.source.item.artifact, path: module.identity.path, ranges: [module.identity.range] },
    })
  return nodes
}

/** The path with all of Intel's collateral. */
export function wholePath(work: Work): WholePath {
  const { quote, chain } = work
  const isTd = quote.body !== undefined && quote.body.kind !== 'sgx'
  // A chain that reaches its root without an authority between lacks none.
  const isDirect = chain.root !== undefined && chain.intermediate === undefined
  const signer = isDirect ? NODE.root : NODE.ca
  const node = (id: string, kind: TrustNode['kind'], title: string): TrustNode => ({ id, kind, title: say(title) })
  return {
    nodes: [
      node(NODE.root, 'root', 'node.intel.root'),
      ...(isDirect ? [] : [node(NODE.ca, 'certificate', 'node.intel.ca')]),
      node(NODE.pck, 'certificate', 'node.intel.pck'),
      node(NODE.qe, 'enclave', 'node.intel.qe'),
      node(NODE.key, 'key', 'node.intel.key'),
      node(NODE.body, 'content', isTd ? 'node.intel.td' : 'node.intel.enclave'),
      node(NODE.data, 'data', 'node.intel.data'),
      node(NODE.rootList, 'collateral', 'node.intel.root-crl'),
      node(NODE.pckList, 'collateral', 'node.intel.pck-crl'),
      node(NODE.tcbSigner, 'certificate', 'node.intel.tcb-signing'),
      node(NODE.tcbInfo, 'collateral', 'node.intel.tcb-info'),
      node(NODE.identity, 'collateral', 'node.intel.qe-identity'),
    ],
    steps: [
      ...(isDirect ? [] : [{ from: NODE.root, to: NODE.ca, by: 'signature' as const, check: 'intel.pck-chain' }]),
      { from: signer, to: NODE.pck, by: 'signature', check: 'intel.pck-chain' },
      { from: NODE.pck, to: NODE.qe, by: 'signature', check: 'intel.qe-report-signed-by-pck' },
      { from: NODE.qe, to: NODE.key, by: 'hash', check: 'intel.attestation-key-bound-by-qe' },
      { from: NODE.key, to: NODE.body, by: 'signature', check: 'intel.quote-signed-by-attestation-key' },
      { from: NODE.body, to: NODE.data, by: 'reference', check: 'intel.quote-signed-by-attestation-key' },
      { from: NODE.root, to: NODE.rootList, by: 'signature', check: 'intel.root-crl-authentic' },
      ...(isDirect
        ? []
        : [{ from: NODE.rootList, to: NODE.ca, by: 'reference' as const, check: 'intel.pck-ca-not-revoked' }]),
      { from: signer, to: NODE.pckList, by: 'signature', check: 'intel.pck-crl-authentic' },
      { from: NODE.pckList, to: NODE.pck, by: 'reference', check: 'intel.pck-not-revoked' },
      { from: NODE.root, to: NODE.tcbSigner, by: 'signature', check: 'intel.tcb-info-authentic' },
      { from: NODE.tcbSigner, to: NODE.tcbInfo, by: 'signature', check: 'intel.tcb-info-authentic' },
      { from: NODE.tcbInfo, to: NODE.pck, by: 'reference', check: 'intel.tcb-current' },
      { from: NODE.tcbSigner, to: NODE.identity, by: 'signature', check: 'intel.qe-identity-authentic' },
      { from: NODE.identity, to: NODE.qe, by: 'reference', check: 'intel.qe-identity-matches' },
    ],
  }
}

/** Dates of everything that acts, on one axis. */
export function timelineOf(work: Work): TimelineEntry[] {
  const entries: TimelineEntry[] = []
  const add = (
    id: string,
    kind: TimelineEntry['kind'],
    title: Saying,
    from: number | undefined,
    to: number | undefined,
  ) => {
    entries.push({
      id,
      kind,
      title,
      from: from === undefined ? null : when(from),
      to: to === undefined ? null : when(to),
    })
  }
  for (const [i, certificate] of (work.chain.path?.path ?? []).entries())
    add(
      `certificate-${i}`,
      'certificate',
      say('timeline.certificate', { name: certificate.subject.commonName }),
      certificate.notBefore,
      certificate.notAfter,
    )
  const signer = (work.tcbInfo.deciding ?? work.identity.deciding)?.signer
  if (signer)
    add(
      'tcb-signing',
      'certificate',
      say('timeline.certificate', { name: signer.subject.commonName }),
      signer.notBefore,
      signer.notAfter,
    )
  for (const { of, source, standing } of work.lists)
    if (of !== 'other' && standing?.authentic === 'authentic')
      add(
        `${of}-${source.item.artifact}`,
        'crl',
        say('timeline.crl', { name: source.value.issuer.commonName }),
        source.value.thisUpdate,
        source.value.nextUpdate,
      )
  for (const [id, item] of [
    ['tcb-info', work.tcbInfo.deciding],
    ['qe-identity', work.identity.deciding],
  ] as const) {
    if (item)
      add(
        id,
        'collateral',
        say(`timeline.${id}`, {
          name:
            id === 'tcb-info'
              ? (work.tcbInfo.deciding?.source.value.fmspc ?? '')
              : (work.identity.deciding?.source.value.id ?? ''),
        }),
        item.source.value.issueDateMs,
        item.source.value.nextUpdateMs,
      )
  }
  for (const level of work.tcbInfo.deciding?.source.value.levels ?? [])
    if (level.dateMs !== undefined)
      add(`level-${level.index}`, 'level', say('timeline.level', { status: level.status }), level.dateMs, undefined)
  return entries
}

/** `0x30–0x277`, as ranges are printed in sentences. */
export function printedRange(slice: Slice): string {
  return `${hexOffset(slice.start)}–${hexOffset(Math.max(slice.start, slice.end - 1))}`
}
