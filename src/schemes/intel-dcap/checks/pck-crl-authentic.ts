import { NODE } from '../nodes.ts'
import { listAuthentic, pckListSigner } from './shared-lists.ts'

/** Is the list for PCK certificates signed by the authority that issued this one? */
export const pckCrlAuthentic = listAuthentic({
  id: 'intel.pck-crl-authentic',
  of: 'pck-crl',
  node: NODE.pckList,
  signer: pckListSigner,
  remedy: 'intel.remedy.pck-crl',
})
