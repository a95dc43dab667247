import { NODE } from '../nodes.ts'
import { listAuthentic } from './shared-lists.ts'

/** Is the root's list signed by the root? */
export const rootCrlAuthentic = listAuthentic({
  id: 'intel.root-crl-authentic',
  of: 'root-crl',
  node: NODE.rootList,
  signer: () => NODE.root,
  remedy: 'intel.remedy.root-crl',
})
