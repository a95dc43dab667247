import { isoOf } from '../../../bytes/der-node.ts'
import { sameBytes } from '../../../bytes/layout.ts'
import { bytesOf } from '../../../core/place.ts'
import { say, type Saying } from '../../../core/saying.ts'
import type { CollateralUse } from '../../../core/verdict.ts'
import type { Work, ListStanding } from '../work.ts'
import type { Authenticated, Signed } from './authenticate.ts'
import { SUPERSEDED, type Selected } from './select.ts'

type Use = Pick<CollateralUse, 'use' | 'because'>

function row<T extends Signed>(
  kind: string,
  key: string,
  { source, standing }: Authenticated<T>,
  use: Use,
): CollateralUse {
  const { item, value } = source
  const dated = standing !== 'undated'
  return {
    kind,
    key,
    artifact: item.artifact,
    origin: item.origin,
    ...use,
    from: dated && value.issueDateMs !== undefined ? isoOf(value.issueDateMs) : null,
    to: dated && value.nextUpdateMs !== undefined ? isoOf(value.nextUpdateMs) : null,
  }
}

function rows<T extends Signed>(kind: string, keyOf: (value: T) => string, selected: Selected<T>): CollateralUse[] {
  const of = (item: Authenticated<T>, use: Use) => row(kind, keyOf(item.source.value), item, use)
  const { chosen, harsher, unreadable, forOthers, rejected, superseded } = selected
  return [
    ...(chosen
      ? [
          of(chosen, {
            use: harsher || unreadable ? 'superseded' : 'used',
            because: unreadable
              ? say('collateral.later-unreadable')
              : harsher
                ? say('collateral.harsher')
                : say('collateral.used', {}, 'plain'),
          }),
        ]
      : []),
    ...(harsher
      ? [
          of(harsher, {
            use: unreadable ? 'superseded' : 'used',
            because: say(unreadable ? 'collateral.later-unreadable' : 'collateral.used-harsher'),
          }),
        ]
      : []),
    ...superseded.map((item) => of(item, { use: 'superseded', because: SUPERSEDED })),
    ...forOthers.map(({ item, because }) => of(item, { use: 'not-for-this', because })),
    ...rejected.map((item) => of(item, { use: 'rejected', because: item.because })),
  ]
}

function listUse({ of, standing }: ListStanding): Use {
  if (of === 'other' || !standing) return { use: 'not-for-this', because: say('collateral.other-issuer') }
  switch (standing.authentic) {
    case 'authentic':
      return { use: 'used', because: standing.because }
    case 'rejected':
    case 'unsupported':
      return { use: 'rejected', because: standing.because }
    case 'foreign':
      return { use: 'not-for-this', because: standing.because }
  }
}

function listRow(list: ListStanding): CollateralUse {
  const { item, value } = list.source
  return {
    kind: list.of === 'other' ? 'crl' : list.of,
    key: value.issuer.commonName === '' ? value.issuer.text : value.issuer.commonName,
    artifact: item.artifact,
    origin: item.origin,
    ...listUse(list),
    from: Number.isFinite(value.thisUpdate) ? isoOf(value.thisUpdate) : null,
    to: value.nextUpdate === undefined || !Number.isFinite(value.nextUpdate) ? null : isoOf(value.nextUpdate),
  }
}

function certificateRows(work: Work): CollateralUse[] {
  const onPath = [
    ...(work.chain.path?.path ?? []),
    ...[work.tcbInfo.deciding, work.identity.deciding].flatMap((item) => item?.path?.path ?? []),
  ]
  return work.certificates.map(({ item, value }) => {
    // The quote's own copy may be the one on the path.
    const isUsed = onPath.some((other) => other === value || sameBytes(bytesOf(other.slice), bytesOf(value.slice)))
    const because: Saying = isUsed ? say('collateral.on-path') : say('collateral.not-on-path')
    return {
      kind: 'certificate',
      key: value.subject.commonName === '' ? value.subject.text : value.subject.commonName,
      artifact: item.artifact,
      origin: item.origin,
      use: isUsed ? 'used' : 'not-for-this',
      because,
      from: Number.isFinite(value.notBefore) ? isoOf(value.notBefore) : null,
      to: Number.isFinite(value.notAfter) ? isoOf(value.notAfter) : null,
    }
  })
}

/** What became of every item of the case that this scheme understands. */
export function collateralUses(work: Work): CollateralUse[] {
  return [
    ...work.lists.map(listRow),
    ...rows('tcb-info', (value) => value.fmspc ?? '', work.tcbInfo),
    ...rows('qe-identity', (value) => value.id ?? '', work.identity),
    ...rows('tcb-evaluation-numbers', (value) => value.id ?? '', work.evaluationNumbers),
    ...certificateRows(work),
  ]
}
