import type { Located } from '../../../core/place.ts'
import { say, type Saying } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import { toHex } from '../../../bytes/layout.ts'
import type { SnpReport } from '../decoded.ts'
import type { Tcb } from '../layout.ts'
import { chipAgrees, componentsOf, tcbDifferences, type Candidate, type TcbDifference } from '../leaf.ts'
import type { Floor } from '../floors.ts'
import type { PreparedReport } from '../prepare.ts'
import type { Product } from '../product.ts'
import type { Component } from '../vcek.ts'

/** The specification that most checks point into. */
export const ABI = (section: string) => ({
  title: 'SEV-SNP Firmware ABI Specification (AMD 56860)',
  section,
  url: 'https://www.amd.com/en/developer/sev.html',
})
export const KDS = (section: string) => ({
  title: 'VCEK Certificate and KDS Interface Specification (AMD 57230)',
  section,
  url: 'https://www.amd.com/en/developer/sev.html',
})

/** The same finding for every check that needs a report which is not whole. */
export const NO_REPORT: Finding = { outcome: 'not-checked', because: say('snp.no-report'), cites: [] }

/** Points at fields of the report. */
export function citesOf(
  { artifact }: PreparedReport,
  ...fields: readonly Pick<Located<unknown>, 'path' | 'ranges'>[]
): Cite[] {
  return fields.map(({ path, ranges }) => ({ artifact, path, ranges }))
}

/** Weaknesses by name and bulletin, each once, as each language writes them. */
export function distinctWeaknesses(results: readonly { readonly floor: Floor }[]): Saying[] {
  const floors = new Map(results.map(({ floor }) => [`${floor.name} ${floor.bulletin}`, floor]))
  return [...floors.values()].map(({ name, bulletin }) => say('snp.weakness', { name, bulletin }))
}

/** Points at a TCB_VERSION of the report. */
export function citeTcb({ artifact }: PreparedReport, tcb: Tcb): Cite {
  return { artifact, path: tcb.place.path, ranges: tcb.place.ranges }
}

/** Points at the certificate of the chip, or at one of its extensions. */
export function citesOfLeaf({ leaf }: PreparedReport, field?: Pick<Located<unknown>, 'path' | 'ranges'>): Cite[] {
  if (!leaf.chosen) return []
  const { certificate } = leaf.chosen.vcek
  const { space, start, end } = certificate.slice
  return [
    {
      artifact: leaf.chosen.item.artifact,
      path: field ? `certificate.${field.path}` : 'certificate',
      ranges: field?.ranges ?? [{ space, start, end }],
    },
  ]
}

/** Component names as AMD prints them. */
export const COMPONENT_LABEL: Readonly<Record<Component, string>> = {
  fmc: 'FMC',
  bootloader: 'BOOT_LOADER',
  tee: 'TEE',
  snp: 'SNP',
  microcode: 'MICROCODE',
}

/** `BOOT_LOADER 4 · TEE 0 · SNP 24 · MICROCODE 219`. */
export function tcbText(tcb: Tcb, product: Product | undefined): string {
  return componentsOf(product)
    .map((component) => `${COMPONENT_LABEL[component]} ${tcb[component]?.value ?? '–'}`)
    .join(' · ')
}

/** Runs a question that needs a whole report. */
export function withReport(
  ask: (report: SnpReport, prepared: PreparedReport) => Finding,
): (prepared: PreparedReport) => Finding {
  return (prepared) => (prepared.report ? ask(prepared.report, prepared) : NO_REPORT)
}

/** Runs a question that needs the certificate of the chip too. */
export function withLeaf(
  ask: (report: SnpReport, chosen: NonNullable<PreparedReport['leaf']['chosen']>, prepared: PreparedReport) => Finding,
): (prepared: PreparedReport) => Finding {
  return withReport((report, prepared) =>
    prepared.leaf.chosen
      ? ask(report, prepared.leaf.chosen, prepared)
      : { outcome: 'not-checked', because: missingLeaf(prepared), cites: [], remedy: say('snp.remedy.certificate') },
  )
}

/** Why there is no certificate to compare with: none was given, or those given are for another chip or another TCB. */
export function missingLeaf({ leaf, report, product }: PreparedReport): Saying {
  const other = leaf.others[0]
  if (!other) return say('snp.no-certificate')
  if (leaf.others.length === 1 && report) {
    const chip = chipAgrees(other.vcek, report.body.chipId.value)
    const differing = tcbDifferences(other.vcek, report.body.reportedTcb, other.vcek.product ?? product)
    if (chip === 'differs')
      return say('snp.certificate-other-chip', {
        certificate: toHex(other.vcek.hwId?.value ?? new Uint8Array()).slice(0, 16),
        report: toHex(report.body.chipId.value).slice(0, 16),
      })
    if (differing.length > 0) return say('snp.certificate-other-tcb', sides(differing))
  }
  return say('snp.certificate-of-another', {
    count: leaf.others.length,
    subject: `${other.vcek.certificate.subject.commonName} ${other.vcek.productName ?? ''}`.trim(),
  })
}

/** The components in which certificate and report differ, as each of them says. */
export function otherTcb({ vcek }: Candidate, report: SnpReport): Readonly<Record<'certificate' | 'report', string>> {
  return sides(tcbDifferences(vcek, report.body.reportedTcb, vcek.product))
}

function sides(differing: readonly TcbDifference[]): Readonly<Record<'certificate' | 'report', string>> {
  const side = (which: 'report' | 'certificate') =>
    differing.map((one) => `${COMPONENT_LABEL[one.component]} ${one[which] ?? '–'}`).join(' · ')
  return { certificate: side('certificate'), report: side('report') }
}
