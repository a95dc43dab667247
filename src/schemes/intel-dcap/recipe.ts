import { fromHex } from '../../bytes/layout.ts'
import type { Knob, MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { DEMO_AT, demoPlatform, filesOf, makeCase } from './attester.ts'

const ASCII = new TextEncoder()
const T = 'recipe.intel'

const knob = (id: string, rest: Omit<Knob, 'id' | 'label'>): Knob => ({ id, label: `${T}.${id}`, ...rest })

const register = (id: string): Knob => knob(id, { kind: 'hex', note: `${T}.register.note`, value: '', bytes: 48 })

const COMMON: readonly Knob[] = [
  knob('workload', { kind: 'text', note: `${T}.workload.note`, value: 'print("hello")', bytes: 4096 }),
  knob('reportText', { kind: 'text', note: `${T}.reportText.note`, value: '', bytes: 4096 }),
  knob('reportHash', {
    kind: 'choice',
    value: 'SHA-512',
    options: (['SHA-256', 'SHA-384', 'SHA-512'] as const).map((value) => ({ value, label: `${T}.${value}` })),
  }),
  knob('debug', { kind: 'flag', note: `${T}.debug.note`, value: 'off' }),
  knob('behind', { kind: 'number', note: `${T}.behind.note`, value: '0', least: 0, most: 3 }),
  knob('revoked', { kind: 'flag', value: 'off' }),
  knob('collateral', { kind: 'flag', note: `${T}.collateral.note`, value: 'on' }),
]

const HASHES = ['SHA-256', 'SHA-384', 'SHA-512'] as const

async function reportData(values: ReadonlyMap<string, string>): Promise<Uint8Array> {
  const text = values.get('reportText') ?? ''
  const hash = HASHES.find((one) => one === values.get('reportHash')) ?? 'SHA-512'
  const field = new Uint8Array(64)
  if (text !== '') field.set(await digest(hash, ASCII.encode(text)))
  return field
}

async function made(values: ReadonlyMap<string, string>, isTdx: boolean) {
  const isDebug = values.get('debug') === 'on'
  const platform = demoPlatform(isTdx ? 'td10' : 'sgx')
  const behind = Number(values.get('behind') ?? '0')
  const workload = ASCII.encode(values.get('workload') ?? '')
  const data = await reportData(values)
  const rtmrs = await Promise.all(
    ['rtmr0', 'rtmr1', 'rtmr2', 'rtmr3'].map(async (name) => {
      const field = new Uint8Array(48)
      field.set(fromHex(values.get(name) ?? '') ?? new Uint8Array())
      return field
    }),
  )
  const revoked = { revoked: [{ serial: platform.serial, at: '2026-05-01T00:00:00Z', reason: 1 }] }
  const files = filesOf(
    await makeCase({
      ...(isTdx ? {} : { version: 3 as const }),
      platform: {
        components: platform.components.map((svn) => Math.max(0, svn - behind)),
        pceSvn: [13, 13, 11, 5][behind] ?? platform.pceSvn,
      },
      ...(isTdx
        ? {
            td: {
              mrTd: await digest('SHA-384', workload),
              reportData: data,
              rtmrs,
              tdAttributes: (1n << 28n) | (isDebug ? 1n : 0n),
            },
          }
        : {
            enclave: {
              mrEnclave: await digest('SHA-256', workload),
              reportData: data,
              attributes: isDebug ? 0x7n : 0x5n,
            },
          }),
      ...(values.get('revoked') === 'on' ? { pckCrl: revoked } : {}),
    }),
  )
  return values.get('collateral') === 'on' ? files : files.slice(0, 1)
}

/** A TDX quote and an SGX quote, with the collateral that speaks about their platform. */
export const recipes: readonly MakingRecipe[] = [
  {
    id: 'tdx',
    title: `${T}.tdx`,
    at: DEMO_AT,
    instead: `${T}.instead`,
    knobs: [...COMMON, register('rtmr0'), register('rtmr1'), register('rtmr2'), register('rtmr3')],
    make: async (values) => made(values, true),
  },
  {
    id: 'sgx',
    title: `${T}.sgx`,
    at: DEMO_AT,
    instead: `${T}.instead`,
    knobs: COMMON,
    make: async (values) => made(values, false),
  },
]
