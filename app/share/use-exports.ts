import { useMemo } from 'react'
import { writeCaseFile } from '../../src/engine/case-file.ts'
import { toContract, type ContractAppraisal } from '../../src/engine/contract.ts'
import { sourceOf } from '../case/case.ts'
import { useCase } from '../case/context.tsx'
import { useLocale, useSay, useText } from '../text/speech.tsx'
import { useCountry } from '../ui/use-country.ts'
import { toCsv } from './csv.ts'
import { download, fileNameOf } from './download.ts'
import { reportOf, toMarkdown, type Report } from './report.ts'

/** The case around this component in every form in which it can leave the page. */
export interface Exports {
  /** Undefined until there is an appraisal. */
  readonly contract: ContractAppraisal | undefined
  readonly report: Report | undefined
  readonly caseFile: () => void
  readonly appraisal: () => void
  readonly markdown: () => void
  readonly checks: () => void
}

/** Writes the case as files, in the reader's language. */
export function useExports(): Exports {
  const locale = useLocale()
  const say = useSay()
  const text = useText()
  const countryOf = useCountry()
  const { case: one, inspection, appraisal, record, at } = useCase()
  const contract = useMemo(
    () => record && toContract(record, inspection, say, { ms: 0, fields: false }),
    [record, inspection, say],
  )
  // The report is read by people: it says what the page says, under the same strip. The record is read by programs.
  const spoken = useMemo(
    () => appraisal && toContract(appraisal, inspection, say, { ms: 0, fields: false }),
    [appraisal, inspection, say],
  )
  const report = useMemo(
    () =>
      spoken &&
      reportOf(
        spoken,
        {
          recorded: record?.headline ?? '',
          isDemonstration: appraisal?.isMadeHere === true,
          files: inspection.files,
          policy: one.policy,
          isEdited: one.isEdited,
          titles: inspection.artifacts.map(({ title }) => text(title) ?? title),
          wishes: (appraisal?.wishes ?? []).map(({ title }) => say(title)),
          countryOf,
          rootHolder: appraisal?.root.holder ?? '',
          rootScopes: Object.fromEntries(
            (appraisal?.anchors ?? []).flatMap((anchor) =>
              anchor.scope === undefined ? [] : [[anchor.spkiSha256, anchor.scope]],
            ),
          ),
          text,
        },
        locale,
      ),
    [spoken, record, appraisal, inspection, one.policy, one.isEdited, text, say, countryOf, locale],
  )
  const id = contract?.id ?? ''
  return {
    contract,
    report,
    caseFile: () =>
      download(
        fileNameOf('case', id),
        writeCaseFile({ files: one.files, at, atSource: sourceOf(one.at), policy: one.policy }, contract),
        'application/json',
      ),
    appraisal: () => {
      if (contract) download(fileNameOf('appraisal', id), `${JSON.stringify(contract, null, 2)}\n`, 'application/json')
    },
    markdown: () => {
      if (report) download(fileNameOf('report', id), toMarkdown(report), 'text/markdown')
    },
    checks: () => {
      if (!contract) return
      const rows = contract.checks.map((check) => [
        check.subject,
        check.id,
        check.layer,
        check.answer ?? '',
        check.weight,
        check.outcome,
        check.because,
        check.sentence,
        check.found ?? '',
        check.expected ?? '',
        check.remedy ?? '',
      ])
      download(
        fileNameOf('checks', id),
        toCsv([
          [
            'subject',
            'check',
            'layer',
            'answer',
            'weight',
            'outcome',
            'because',
            'sentence',
            'found',
            'expected',
            'remedy',
          ],
          ...rows,
        ]),
        'text/csv',
      )
    },
  }
}
