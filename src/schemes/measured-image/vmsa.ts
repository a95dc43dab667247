/** The page in which a processor's first state is measured: AMD64 Architecture Programmer's Manual, volume 2, table B-4; values as virtee/sev-snp-measure has them. */

/** Who starts the guest: their first states differ. `ec2-older` left a register empty. */
export type Vmm = 'QEMU' | 'EC2' | 'EC2, older' | 'GCE'

const PAGE = 4096
const FIRST = 0xfffffff0

interface State {
  readonly cs: number
  readonly ss: number
  readonly tr: number
  readonly pat: bigint
  readonly rdx: number
  readonly mxcsr: number
  readonly fcw: number
}

function stateOf(vmm: Vmm, entry: number, signature: number): State {
  const pat = 0x7040600070406n
  switch (vmm) {
    case 'QEMU':
      return { cs: 0x9b, ss: 0x93, tr: 0x8b, pat, rdx: signature, mxcsr: 0x1f80, fcw: 0x37f }
    case 'EC2':
    case 'EC2, older': {
      const rdx = vmm === 'EC2' ? 0x600 : 0
      return { cs: entry === FIRST ? 0x9a : 0x9b, ss: 0x92, tr: 0x83, pat, rdx, mxcsr: 0, fcw: 0 }
    }
    case 'GCE':
      return { cs: 0x9b, ss: 0x93, tr: 0x8b, pat: 0x70106n, rdx: 0x600, mxcsr: 0, fcw: 0 }
  }
}

/** The page of one processor. `entry`: where it starts; `undefined` for the first one. `signature`: what CPUID says of its kind. */
export function vmsaPage(vmm: Vmm, entry: number | undefined, signature: number, features: number): Uint8Array {
  const eip = entry ?? FIRST
  const { cs, ss, tr, pat, rdx, mxcsr, fcw } = stateOf(vmm, eip, signature)
  const page = new Uint8Array(PAGE)
  const view = new DataView(page.buffer)
  const segment = (at: number, selector: number, attributes: number, base = 0) => {
    view.setUint16(at, selector, true)
    view.setUint16(at + 2, attributes, true)
    view.setUint32(at + 4, 0xffff, true)
    view.setBigUint64(at + 8, BigInt(base), true)
  }
  const quad = (at: number, value: number | bigint) => view.setBigUint64(at, BigInt(value), true)
  // Places of the save area: ES, CS, SS, DS, FS, GS, GDTR, LDTR, IDTR, TR; then control registers as the table lists them.
  segment(0x00, 0, 0x93)
  segment(0x10, 0xf000, cs, Math.floor(eip / 0x10000) * 0x10000)
  segment(0x20, 0, ss)
  for (const at of [0x30, 0x40, 0x50]) segment(at, 0, 0x93)
  segment(0x60, 0, 0)
  segment(0x70, 0, 0x82)
  segment(0x80, 0, 0)
  segment(0x90, 0, tr)
  quad(EFER, 0x1000)
  quad(CR4, 0x40)
  quad(CR0, 0x10)
  quad(DR7, 0x400)
  quad(DR6, 0xffff0ff0)
  quad(RFLAGS, 2)
  quad(RIP, eip % 0x10000)
  quad(G_PAT, pat)
  quad(RDX, rdx)
  quad(SEV_FEATURES, features)
  quad(XCR0, 1)
  view.setUint32(MXCSR, mxcsr, true)
  view.setUint16(X87_FCW, fcw, true)
  return page
}

const EFER = 0x0d0
const CR4 = 0x148
const CR0 = 0x158
const DR7 = 0x160
const DR6 = 0x168
const RFLAGS = 0x170
const RIP = 0x178
const G_PAT = 0x268
const RDX = 0x310
const SEV_FEATURES = 0x3b0
const XCR0 = 0x3e8
const MXCSR = 0x408
const X87_FCW = 0x410

/** Kinds of processors that QEMU offers, by the signature that CPUID gives. Kinds of one signature measure the same. */
export const PROCESSORS: readonly { readonly name: string; readonly signature: number }[] = [
  { name: 'EPYC', signature: 0x800f12 },
  { name: 'EPYC-Rome', signature: 0x830f10 },
  { name: 'EPYC-Milan', signature: 0xa00f11 },
  { name: 'EPYC-Genoa', signature: 0xa10f10 },
  { name: 'EPYC-Turin', signature: 0xb00f00 },
]

/** The signature of a kind by its name, with or without a version: `EPYC-v4`. */
export function signatureOf(name: string): number | undefined {
  const plain = name.replace(/-(?:v\d+|IBPB)$/, '')
  return PROCESSORS.find((one) => one.name === plain)?.signature
}
