import type { CheckDefinition } from '../../../core/scheme.ts'
import { signatureText } from '../product.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citesOf, citesOfLeaf, KDS, withReport } from './shared.ts'

/** Do processor, certificate and root belong to one generation? Each has a root of its own; comparing names only would let one stand in for another. */
export const productAgrees: CheckDefinition<PreparedReport> = {
  id: 'snp.product-agrees',
  layer: 3,
  weight: 'decides',
  dependsOn: ['snp.chains-to-ark'],
  spec: KDS('1.4, product names, and 3.1, productName'),
  run: withReport(({ body }, prepared) => {
    const { decoded, leaf, path, product } = prepared
    const { family, model, stepping } = body.cpuid
    const cites = [
      ...(family && model && stepping ? citesOf(prepared, family, model, stepping) : []),
      ...citesOfLeaf(prepared),
    ]
    const processor = family && model ? signatureText(family.value, model.value, stepping?.value ?? 0) : ''
    if (family && decoded.processor && decoded.processor.product === undefined) {
      if (family.value === 0)
        return finding('fail', 'snp.processor-zero', cites, { params: { version: body.version.value } })
      return finding(
        'unsupported',
        decoded.processor.name === '' ? 'snp.processor-unknown' : 'snp.processor-unsupported',
        cites,
        { params: { processor, name: decoded.processor.name } },
      )
    }
    if (!leaf.chosen) return finding('not-checked', 'snp.no-certificate', cites)
    const certificate = leaf.chosen.vcek.product
    const root = path?.anchor?.scope
    const params = {
      report: product === undefined ? '' : `${product}${processor === '' ? '' : ` (${processor})`}`,
      certificate: leaf.chosen.vcek.productName ?? '–',
      root: root ?? '–',
    }
    if (certificate === undefined || product === undefined)
      return finding('unsupported', 'snp.product-unknown', cites, { params })
    const values = {
      found: `${params.certificate} · ${root === undefined ? '–' : `ARK-${root}`}`,
      expected: params.report,
    }
    if (certificate !== product || (root !== undefined && root !== product))
      return finding('fail', 'snp.product', cites, { params, ...values })
    if (!path || path.rootStatus === 'none')
      return finding('not-checked', 'snp.product-without-root', cites, { params })
    // A root that is not ours has no generation that anybody vouches for; its status says so.
    return finding(
      'pass',
      prepared.productFrom === 'cpuid' ? 'snp.product-agrees.holds' : 'snp.product-by-certificate',
      cites,
      { params, ...values },
    )
  }),
}
