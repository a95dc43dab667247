import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeCaseFile } from '../../src/engine/case-file.ts'
import { encodePem } from '../../src/envelope/pem.ts'
import { NO_POLICY } from '../../src/core/policy.ts'
import { DEMO_AT, filesOf, makeCase } from '../../src/schemes/intel-dcap/attester.ts'
import { demoAnchor } from '../../src/schemes/intel-dcap/demo-keys.ts'
import { makeEpidQuote, makeSgxReport, makeTdReport } from '../../src/schemes/intel-dcap/testing-local.ts'
import type { ContractAppraisal } from '../../src/engine/contract.ts'
import { main } from './appraise.ts'
import { contractFaults } from './contract-shape.ts'
import { readInstant } from './instant.ts'

/** The command line by its door: arguments in; stdout, stderr and exit code out. */

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}
async function run(...argv: readonly string[]): Promise<Ran> {
  let [out, err] = ['', '']
  const toOut = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  const toErr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text)
    return true
  })
  try {
    return { code: await main(argv), out, err }
  } finally {
    toOut.mockRestore()
    toErr.mockRestore()
  }
}
const json = (ran: Ran) =>
  JSON.parse(ran.out) as ContractAppraisal & { records?: { headline: string; differs: string[] }[] }

let folder = ''
const at = (name: string) => join(folder, name)
const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content)
  return at(name)
}
let good: string[] = []
let other: string[] = []
/** The demonstration root as a root of the reader's own: the page's copy is switched off by key, so it stays what it is. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'appraise-'))
  const made = await makeCase()
  good = filesOf(made).map((file) => put(file.name, file.bytes))
  other = filesOf(await makeCase({ platform: { pceSvn: 11 } })).map((file) => put(`old-${file.name}`, file.bytes))
  put('root.pem', encodePem('CERTIFICATE', made.certificates[2] ?? new Uint8Array()))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('wrong usage is 64, and nothing is printed as a result', () => {
  const rows: readonly (readonly [string, () => readonly string[]])[] = [
    ['no file', () => []],
    ['unknown option', () => ['--nope', ...good]],
    ['option without value', () => [...good, '--at']],
    ['a flag with a value', () => [...good, '--json=1']],
    ['missing file', () => [at('none')]],
    ['folder', () => [folder]],
    [
      'larger than is read',
      () => {
        const path = put('sparse', '')
        truncateSync(path, 1 << 30)
        return [path]
      },
    ],
    ['language', () => [...good, '--lang', 'fr']],
    ['question', () => [...good, '--require', 'bogus']],
    ['cases and files', () => ['--cases', put('x.jsonl', ''), ...good]],
    ['cases missing', () => ['--cases', at('none')]],
    ['cases a folder', () => ['--cases', folder]],
    ['root missing', () => ['--cases', put('y.jsonl', ''), '--root', at('none')]],
    ['root a file', () => ['--cases', put('z.jsonl', ''), '--root', at('z.jsonl')]],
    ...[
      'yesterday',
      '',
      '2026-13-01',
      '2026-02-30T00:00:00Z',
      '2026-02-30',
      '2026-08-28T12:00:00',
      '2026-08-28 nonsense',
      '+275760-09-13T00:00:00Z',
      '20260828',
    ].map((word) => [`--at ${word}`, () => [...good, '--at', word]] as const),
    ...[
      '{',
      '[]',
      '{"schema":"policy/2"}',
      '{"schema":"policy/1","reportdata":"00"}',
      '{"schema":"policy/1","reportData":"0"}',
      '{"schema":"policy/1","registers":{"MRTD":[]}}',
      '{"schema":"policy/1","__proto__":{}}',
      '{"schema":"policy/1","anchorsAdded":[{"pem":"junk","purpose":"evidence"}]}',
      `{"schema":"policy/1","anchorsAdded":[{"pem":"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----","purpose":"evidence"}]}`,
      '{"schema":"policy/1","anchorsAdded":[{"pem":"x","purpose":"evidense"}]}',
    ].map(
      (policy, i) =>
        [`policy ${policy.slice(0, 70)}`, () => [...good, '--policy', put(`policy${i}.json`, policy)]] as const,
    ),
    ['policy missing', () => [...good, '--policy', at('none')]],
    ['policy a folder', () => [...good, '--policy', folder]],
  ]
  it.each(rows)('%s', async (_name, argv) => {
    const ran = await run(...argv())
    expect([ran.code, ran.out], ran.err).toEqual([64, ''])
    expect(ran.err).not.toBe('')
  })
})

describe('what is no evidence', () => {
  it.each([
    ['empty', new Uint8Array()],
    ['picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)],
    ['text', 'hello'],
  ] as const)('%s is S0, 3, with a sentence on what it is', async (name, content) => {
    const path = put(`s0-${name}`, content)
    const ran = json(await run(path, '--json'))
    expect([(await run(path)).code, ran.headline, contractFaults(ran)]).toEqual([3, 'S0', []])
    for (const lang of ['en', 'zh']) expect((await run(path, '--lang', lang)).out).toMatch(/^\s+! \S/m)
  })
  it('16 MiB of noise ends, and names what it is not', async () => {
    const noise = new Uint8Array(1 << 24)
    for (let i = 0, state = 7; i < noise.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      noise[i] = state >>> 24
    }
    expect((await run(put('noise', noise))).code).toBe(3)
  }, 30_000)
  it('collateral alone is SN, 2', async () => expect((await run(...good.slice(1))).code).toBe(2))
})

describe('evidence that nobody can verify away from its machine', () => {
  it.each([
    ['TDREPORT', makeTdReport, /TDREPORT carries a MAC/, /TDREPORT 带的是 MAC/],
    ['REPORT', async () => makeSgxReport(), /REPORT carries a MAC/, /REPORT 带的是 MAC/],
    ['EPID quote', async () => makeEpidQuote(), /service ended in 2025/, /服务已于 2025 年终止/],
  ] as const)('%s is S4, says why, and what to ask for', async (name, make, en, zh) => {
    const path = put(name, await make())
    for (const [lang, why, cannot, instead] of [
      ['en', en, 'this cannot be verified here', 'Ask for a quote'],
      ['zh', zh, '这里无法验证它', '请索取 Quote'],
    ] as const) {
      const { code, out } = await run(path, '--lang', lang)
      const [headline] = out.split('\n')
      expect([code, headline?.slice(0, 2)]).toEqual([2, 'S4'])
      expect(headline).toContain(cannot)
      expect(out).toMatch(why)
      expect(out).toContain(instead)
    }
  })
})

describe('exit codes follow the headline', () => {
  const added = () => ({ schema: 'policy/1', anchorsOff: [demoAnchor.spkiSha256] })
  it('demonstration roots are 1, whatever is insisted on', async () => {
    for (const more of [[], ['--trust-added'], ['--require', 'current']])
      expect((await run(...good, '--at', DEMO_AT, ...more)).code).toBe(1)
    expect(
      (await run(...good, '--at', DEMO_AT, '--trust-added', '--policy', put('off.json', JSON.stringify(added())))).code,
    ).toBe(1)
  })
})

describe('the printed object', () => {
  it.each([['en'], ['zh']])('keeps to the contract in %s', async (lang) => {
    for (const argv of [
      [...good],
      [...other],
      [...good, ...other],
      good.slice(1),
      [at('sparse-not'), ...good].slice(1),
    ]) {
      const ran = await run(...argv, '--at', DEMO_AT, '--json', '--fields', '--lang', lang)
      expect(contractFaults(JSON.parse(ran.out)), argv.join(' ')).toEqual([])
    }
    const ran = json(await run(...good, '--at', DEMO_AT, '--json', '--lang', lang))
    expect([ran.fields, ran.at, ran.atSource, /[\u4e00-\u9fff]/.test(ran.sentence)]).toEqual([
      undefined,
      DEMO_AT,
      'given',
      lang === 'zh',
    ])
  })
  it('is noticed when it does not', () => {
    expect(contractFaults({})).not.toEqual([])
    expect(contractFaults({ schema: 'appraisal/1' })).toContain('$.headline: not S0|S1|S2|S3|S4|S5|S5w|S6|SE|SN|SR')
  })
  it('text of the evidence cannot write lines or drive the terminal', async () => {
    const ran = await run(put('S5  Genuine\u001b[2J\u202e', new Uint8Array(3)), '--at', DEMO_AT)
    expect(ran.out).not.toMatch(/[\u001b\u202e]/)
    const file = put('a\nS5  Genuine', new Uint8Array(3))
    expect((await run(file)).out.split('\n').some((line) => line.startsWith('S5'))).toBe(false)
  })
})

describe('cases', () => {
  it('every line gets one, a bad one says its number, and the rest goes on', async () => {
    mkdirSync(at('inside'))
    const names = good.map((path) => path.slice(folder.length + 1))
    symlinkSync(good[0] ?? '', at('inside/link'))
    const bad: readonly [string, RegExp][] = [
      ['{bad', /line 2 is not JSON/],
      ['null', /line 3 names no files/],
      ['[]', /line 4 names/],
      ['7', /line 5 names/],
      ['{"files":[]}', /line 6 names/],
      ['{"files":[1]}', /line 7: a file name/],
      ['{"files":["../x"]}', /line 8: .* outside/],
      ['{"files":["/etc/hosts"]}', /line 9: .* outside/],
      ['{"files":["none"]}', /line 10: .* cannot be read/],
      ['{"files":["."]}', /line 11: .* folder/],
      ['{"files":["a\\u0000b"]}', /line 12: .* cannot be read/],
      [JSON.stringify({ files: names, at: 'tuesday' }), /line 13: at is not/],
      [JSON.stringify({ files: names, at: '2026-02-30T00:00:00Z' }), /line 14: at is not/],
      [JSON.stringify({ files: names, at: 5 }), /line 15: at is not/],
      [JSON.stringify({ files: names, policy: { schema: 'policy/9' } }), /line 16: policy/],
      [
        JSON.stringify({
          files: names,
          policy: { schema: 'policy/1', anchorsAdded: [{ pem: 'x', purpose: 'evidence' }] },
        }),
        /line 17: policy/,
      ],
    ]
    const okay = (id: string, more: object = {}) => JSON.stringify({ id, files: names, at: DEMO_AT, ...more })
    const lines = [`\ufeff${okay('first')}`, ...bad.map(([line]) => line), '', okay('last', { policy: null })]
    const ran = await run('--cases', put('cases.jsonl', lines.join('\r\n')), '--root', folder)
    const results = ran.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ContractAppraisal)
    expect([ran.code, results.length]).toEqual([0, bad.length + 2])
    expect(results.flatMap((one) => contractFaults(one))).toEqual([])
    expect([results[0], results.at(-1)].map((one) => [one?.id, one?.headline, one?.ifRootTrusted])).toEqual([
      ['first', 'S2', 'S5'],
      ['last', 'S2', 'S5'],
    ])
    bad.forEach(([line, says], i) =>
      expect([results[i + 1]?.headline, results[i + 1]?.error?.message], line).toEqual([
        'S0',
        expect.stringMatching(says),
      ]),
    )
  })
  it('a link that leads out of the root folder leads nowhere', async () => {
    const ran = await run(
      '--cases',
      put('link.jsonl', JSON.stringify({ id: 'link', files: ['link'] })),
      '--root',
      at('inside'),
    )
    expect((JSON.parse(ran.out) as ContractAppraisal).error?.message).toMatch(/outside the root folder/)
  })
})

describe('case files', () => {
  const saved = async (change: (value: Record<string, unknown>) => void = () => undefined) => {
    const files = filesOf(await makeCase())
    const paths = files.map((file) => put(`case-${file.name}`, file.bytes))
    const appraisal = json(await run(...paths, '--at', DEMO_AT, '--json'))
    const value = JSON.parse(
      writeCaseFile({ files, at: Date.parse(DEMO_AT), policy: { ...NO_POLICY, forbid: ['smt'] } }, appraisal),
    ) as Record<string, unknown>
    change(value)
    return { path: put('case.json', JSON.stringify(value)), appraisal }
  }
  it.each([
    ['en', 'Not taken', 'says the same'],
    ['zh', '未采用', '与此一致'],
  ])(
    'opens one, appraises it again from its bytes, and takes date and rules only when told to (%s)',
    async (lang, notTaken, same) => {
      const { path, appraisal } = await saved()
      const plain = await run(path, '--at', DEMO_AT, '--json', '--lang', lang)
      expect([json(plain).ifRootTrusted, json(plain).artifacts.map((one) => one.sha256)]).toEqual([
        'S5',
        appraisal.artifacts.map((one) => one.sha256),
      ])
      expect(plain.err).toContain(notTaken)
      expect(plain.err).toContain(same)
      expect([json(plain).records, contractFaults(json(plain))]).toEqual([
        [{ engine: appraisal.engine, headline: 'S2', differs: [] }],
        [],
      ])
      const taken = json(await run(path, '--as-saved', '--json', '--lang', lang))
      expect([taken.at, taken.atSource, taken.checks.find((check) => check.id === 'intel.smt-off')?.outcome]).toEqual([
        DEMO_AT,
        'given',
        json(
          await run(
            path,
            '--at',
            DEMO_AT,
            '--policy',
            put('smt.json', '{"schema":"policy/1","forbid":["smt"]}'),
            '--json',
          ),
        ).checks.find((check) => check.id === 'intel.smt-off')?.outcome,
      ])
    },
  )
  it('an edited record changes nothing but the remark', async () => {
    const { path } = await saved((value) => {
      const record = value['appraisal'] as { headline: string; checks: { outcome: string }[] }
      record.headline = 'S6'
      for (const check of record.checks) check.outcome = 'pass'
    })
    const ran = await run(path, '--at', DEMO_AT, '--json')
    expect([json(ran).headline, json(ran).ifRootTrusted, json(ran).records?.[0]?.differs[0]]).toEqual([
      'S2',
      'S5',
      'S6 → S2',
    ])
    expect(ran.err).toContain('says otherwise')
  })
  it('edited bytes are what is appraised', async () => {
    const { path } = await saved((value) => {
      const [quote] = value['files'] as { base64: string }[]
      if (quote) {
        const bytes = Buffer.from(quote.base64, 'base64')
        bytes[600] = (bytes[600] ?? 0) ^ 1
        quote.base64 = bytes.toString('base64')
      }
    })
    expect(json(await run(path, '--at', DEMO_AT, '--json')).headline).toBe('S1')
  })
  it('a later list beside it counts', async () => {
    const { path } = await saved()
    const revoked = filesOf(
      await makeCase({ pckCrl: { revoked: [{ serial: 0x5043_4b01, at: '2026-06-01T00:00:00Z' }] } }),
    ).find((file) => file.name === 'pck-crl.der')
    expect(
      json(await run(path, put('later.crl', revoked?.bytes ?? new Uint8Array()), '--at', DEMO_AT, '--json'))
        .ifRootTrusted,
    ).toBe('S3')
  })
  it('a printed appraisal is no evidence: with the files it names they are appraised again, alone it is S0', async () => {
    const { appraisal } = await saved()
    const path = put('appraisal.json', JSON.stringify(appraisal, null, 2))
    const alone = await run(path)
    expect([alone.code, alone.out.slice(0, 2), alone.err]).toEqual([3, 'S0', expect.stringContaining('holds no bytes')])
    expect((await run(path, '--lang', 'zh')).err).toContain('不含原始字节')
    const both = json(await run(path, ...good, '--at', DEMO_AT, '--json'))
    expect([both.ifRootTrusted, both.artifacts.some((one) => one.name === 'appraisal.json')]).toEqual(['S5', false])
  })
  it('a damaged one says so', async () => {
    const { path } = await saved((value) => {
      value['files'] = [{ name: 'x', base64: '%%%' }]
    })
    const ran = await run(path)
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining('files[0]')])
  })
})

describe('instants', () => {
  it('are read one way only', () => {
    expect([
      readInstant('2026-06-15'),
      readInstant('2026-06-15T12:00:00Z'),
      readInstant('2026-06-15T12:00Z'),
      readInstant('2026-06-15T20:00:00.5+08:00'),
    ]).toEqual([
      Date.UTC(2026, 5, 15),
      Date.UTC(2026, 5, 15, 12),
      Date.UTC(2026, 5, 15, 12),
      Date.UTC(2026, 5, 15, 12) + 500,
    ])
    for (const word of [
      '2026-02-29',
      '2026-06-15T24:00:01Z',
      '2026-06-15T12:00:00',
      '2026-6-15',
      '2026-06-15T12:00:00 Z',
      '2026',
      'Tue Nov 24 2026',
    ])
      expect(readInstant(word), word).toBeUndefined()
  })
})
