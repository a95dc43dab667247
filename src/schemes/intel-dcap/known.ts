import type { KnownValue } from '../../core/known-value.ts'

const DATE = '2026-11-29'

/** TDX modules by MRSEAM: version and security version that stand beside it in the same quotes. Two builds share a security version. */
const MODULES: readonly (readonly [version: string, svn: number, mrSeam: string])[] = [
  ['1.0', 3, '2fd279c16164a93dd5bf373d834328d46008c2b693af9ebb865b08b2ced320c9a89b4869a9fab60fbe9d0c5a5363c656'],
  ['1.5', 4, '9790d89a10210ec6968a773cee2ca05b5aa97309f36727a968527be4606fc19e6f73acce350946c9d46a9bf7a63f8430'],
  ['1.5', 4, 'ffc97a88587660fb04e1f7c851300c96ae0b5a463ac46d035d16c2d9f36d0ed1d23775bcbd27deb219e3a3cc28023895'],
  ['1.5', 5, '1cc6a17ab799e9a693fac7536be61c12ee1e0fabada82d0c999e08ccee2aa86de77b0870f558c570e7ffe55d6d47fa04'],
  ['1.5', 6, '5b38e33a6487958b72c3c12a938eaa5e3fd4510c51aeeab58c7d5ecee41d7c436489d6c8e4f92f160b7cad34207b00c1'],
  ['1.5', 7, '49b66faa451d19ebbdbe89371b8daf2b65aa3984ec90110343e9e2eec116af08850fa20e3b1aa9a874d77a65380ee7e6'],
  ['1.5', 8, 'bfb360ac8e6233a1bca1433caf7382d95c165b4a77fb00bf1435e5a08f300cdfead5ee68461afd9b6c728dce7534602d'],
  ['1.5', 10, '27b67e0b20508f0acfb8a99df4283a7c86ae569d85d556a91d4eb20e56b5d42d5e65b31a3a6996e8e461f104f32fdeec'],
  ['1.5', 11, '7bf063280e94fb051f5dd7b1fc59ce9aac42bb961df8d44b709c9b0ff87a7b4df648657ba6d1189589feab1d5a3c9a9d'],
  ['1.5', 12, 'd0d80c085166ba78ccc69af268e5753cf0f3394523cb4ff7c50b08d9265c82489c099c377be6a400e4d2b57da924012c'],
  ['1.5', 13, '489e585f1c54bc5a02066c8c6ec21619ff0334ec6f21e07e2a35202c59183789c8057e7d97dd591bb08314b185819e72'],
]

/** Signers of Intel's quoting enclaves, as the identities say that Intel signs. */
const SIGNERS: readonly (readonly [name: string, mrSigner: string, path: string])[] = [
  ['Intel SGX QE / PCE', '8c4f5775d796503e96137f77c68a829a0056ac8ded70140b081b094490c57bff', 'sgx'],
  ['Intel TD QE', 'dc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5', 'tdx'],
]

/** An FMSPC begins with family, model and stepping as CPUID gives them: its first bytes name the processor. */
const PROCESSORS: readonly (readonly [signature: string, name: string])[] = [
  ['606a', 'Ice Lake-SP'],
  ['606c', 'Ice Lake-D'],
  ['806f', 'Sapphire Rapids'],
  ['c06f', 'Emerald Rapids'],
  ['a06d', 'Granite Rapids'],
]

/** Names for values that quotes of Intel's show. */
export const knownValues: readonly KnownValue[] = [
  ...MODULES.map(([version, svn, mrSeam]): KnownValue => ({
    label: 'MRSEAM',
    value: new RegExp(`^${mrSeam}$`),
    name: `TDX module ${version}, SVN ${svn}`,
    basis: 'observed',
    according: 'TEE_TCB_SVN',
    source: 'https://github.com/intel/confidential-computing.tdx.tdx-module/releases',
    date: DATE,
  })),
  ...SIGNERS.map(([name, mrSigner, tee]): KnownValue => ({
    label: 'MRSIGNER',
    value: new RegExp(`^${mrSigner}$`),
    name,
    basis: 'published',
    according: 'Intel, QE identity',
    source: `https://api.trustedservices.intel.com/${tee}/certification/v4/qe/identity`,
    date: DATE,
  })),
  ...PROCESSORS.map(([signature, name]): KnownValue => ({
    label: 'FMSPC',
    // In a certificate the bytes stand behind tag and length of an OCTET STRING.
    value: new RegExp(`^(?:0406)?([0-9a-f]{2}${signature}[0-9a-f]{6})$`),
    name: `Intel Xeon, ${name}`,
    basis: 'derived',
    according: 'Linux, intel-family.h',
    source: 'https://github.com/torvalds/linux/blob/master/arch/x86/include/asm/intel-family.h',
    date: DATE,
  })),
]
