import { isZero, sameBytes, toHex, fromHex } from '../bytes/layout.ts'
import type { GivenRecipes } from './given-recipes.ts'
import type { LogFindings } from './log-replays.ts'
import type { StatedRegister } from './statements.ts'
import { heldFor, namedValues, type Held } from './named-registers.ts'
import { matchOf } from './recipes.ts'
import type { ArtifactIndex, Located } from '../core/place.ts'
import type { Policy } from '../core/policy.ts'
import { namesOf, say, sayListed, type Saying } from '../core/saying.ts'
import type { CaseItem, Facts } from '../core/scheme.ts'
import type { ExpectationSources, ExpectationView } from './api.ts'
import type { CheckId, Cite, Finding, Layer, Question } from '../core/verdict.ts'

/** What the reader expects, compared with facts in core words: the same questions for every kind of evidence. */
export interface Expectation {
  readonly id: CheckId
  readonly layer: Layer
  readonly answer: Question
  readonly spec: { readonly title: string; readonly section: string }
  run(input: ExpectationInput): Finding
}

export interface ExpectationInput {
  readonly subject: CaseItem
  readonly policy: Policy
  /** Where the reader's values came from. */
  readonly sources: ExpectationSources
  readonly at: number
  /** Other subjects that passing checks tie to this one. */
  readonly bound: readonly CaseItem[]
  /** Other subjects that nothing ties to this one. */
  readonly unbound: readonly CaseItem[]
  /** True when this subject hangs on no root of its own, so that its values count only through a binding (a TPM quote by a bare key). */
  readonly rootless: boolean
  /** True when the scheme's own checks compare the reader's minimum TCB. */
  readonly comparesMinimumTcb: boolean
  /** What published recipes make of the values that the reader gave. */
  readonly made: GivenRecipes
  /** Files whose digest is this subject's user data: what they carry, the subject carries. */
  readonly committed: readonly CaseItem[]
  /** What logs beside the subject lend it. */
  readonly logs: LogFindings
  /** Registers that statements beside the evidence give, equal and counting. */
  readonly stated: readonly StatedRegister[]
}

const RATS = (section: string) => ({ title: 'RFC 9334', section })

const citeOf = (artifact: ArtifactIndex, located: Located<unknown> | undefined): Cite[] =>
  located ? [{ artifact, path: located.path, ranges: located.ranges }] : []

/** Equal, or equal and then zeros to the end: a short value in a fixed field is padded by every known attester. */
export function matches(field: Uint8Array, wanted: Uint8Array): boolean {
  return (
    wanted.length > 0 &&
    wanted.length <= field.length &&
    sameBytes(field.subarray(0, wanted.length), wanted) &&
    isZero(field.subarray(wanted.length))
  )
}

const sizesOf = (values: readonly string[]) => values.map((value) => value.length / 2)

/** The name under which the source of a register's values is kept. */
export function sourceName(register: string): string {
  return `register:${register.toLowerCase()}`
}

/** Every value that the reader expects, with where it came from and whether one of these subjects carries it. */
export function expectationViews(
  policy: Policy,
  sources: ExpectationSources,
  subjects: readonly CaseItem[],
  made: GivenRecipes,
  committed: readonly CaseItem[],
  logs: Pick<LogFindings, 'lent'>,
): ExpectationView[] {
  const facts = subjects.map((subject) => subject.facts)
  const single = (['reportData', 'nonce'] as const).flatMap((name): ExpectationView[] => {
    const given = policy[name]
    if (given === undefined) return []
    const wanted = fromHex(given)
    const fields = [...facts, ...committed.map((one) => one.facts)]
      .map((one) => (name === 'nonce' ? (one.nonce ?? one.userData) : one.userData))
      .filter((field) => field !== undefined)
    const isEqual = wanted !== undefined && fields.some((field) => matches(field.value, wanted))
    const recipe = isEqual
      ? undefined
      : fields.map((field) => matchOf(field.value, made[name])).find((match) => match?.part === 'whole')
    return [
      {
        name,
        source: sources[name] ?? 'given',
        value: given.toLowerCase(),
        recipe: recipe?.recipe ?? null,
        matches: !wanted || fields.length === 0 ? null : isEqual || recipe !== undefined,
      },
    ]
  })
  const { known } = namedValues(subjects, logs)
  const registers = Object.entries(policy.registers ?? {}).map(([name, values]): ExpectationView => {
    const held = heldFor(known, name, sizesOf(values))
    const wanted = values.map((value) => value.toLowerCase())
    return {
      name,
      source: sources[sourceName(name)] ?? 'given',
      value: wanted.join('|'),
      recipe: null,
      matches: held ? wanted.includes(held.value.toLowerCase()) : null,
    }
  })
  const devices = facts.map((one) => one.deviceId).filter((id) => id !== undefined)
  const chips = (policy.chipIds ?? []).map((id) => id.toLowerCase())
  const chip: ExpectationView[] =
    chips.length === 0
      ? []
      : [
          {
            name: 'chipIds',
            source: sources['chipIds'] ?? 'given',
            value: chips.join('|'),
            recipe: null,
            matches: devices.length === 0 ? null : devices.some((one) => chips.includes(toHex(one.value))),
          },
        ]
  return [...single, ...registers, ...chip]
}

function valueCheck(
  id: string,
  name: 'reportData' | 'nonce',
  fieldsOf: (facts: Facts) => readonly (Located<Uint8Array> | undefined)[],
): Expectation {
  return {
    id,
    layer: 9,
    answer: 'fresh',
    spec: RATS('10'),
    run({ subject, policy, sources, bound, unbound, rootless, made, committed }) {
      const given = policy[name]
      if (given === undefined) return { outcome: 'not-applicable', because: say('expect.not-given'), cites: [] }
      const wanted = fromHex(given)
      if (!wanted || wanted.length === 0)
        return { outcome: 'not-checked', because: say('expect.not-hex', { name }), cites: [], expected: given }
      // A value that was taken from this evidence meets itself.
      const met = (because: Saying, cites: readonly Cite[], found: string): Finding => {
        const isOwnValue = sources[name] === 'this-evidence'
        return {
          outcome: isOwnValue ? 'not-checked' : 'pass',
          because: isOwnValue ? say('expect.own-value') : because,
          cites,
          found,
          expected: given,
        }
      }
      const own = fieldsOf(subject.facts).flatMap((field) => (field ? [field] : []))
      const hit = own.find((field) => matches(field.value, wanted))
      if (hit && rootless && bound.length === 0)
        return {
          outcome: 'not-checked',
          because: say('expect.unbound'),
          cites: citeOf(subject.artifact, hit),
          found: toHex(hit.value),
          expected: given,
        }
      if (hit) return met(say(`${id}.holds`), citeOf(subject.artifact, hit), toHex(hit.value))
      // What it was asked itself stands in a field of its own: another challenge there is not made good by what it is tied to, which may be younger.
      const asked = name === 'nonce' ? subject.facts.nonce : undefined
      const isAsked = asked !== undefined && !isZero(asked.value)
      const throughOther = (because: Saying, cites: readonly Cite[], found: string): Finding =>
        isAsked
          ? {
              outcome: 'not-checked',
              because: say('expect.own-nonce-other'),
              cites: citeOf(subject.artifact, asked),
              found: toHex(asked.value),
              expected: given,
            }
          : met(because, cites, found)
      const byRecipe = (fields: readonly (Located<Uint8Array> | undefined)[]) =>
        fields.flatMap((field) => {
          const match = field && matchOf(field.value, made[name])
          return field && match?.part === 'whole' ? [{ field, match }] : []
        })[0]
      const isTied = !rootless || bound.length > 0
      const ownRecipe = isTied ? byRecipe(own) : undefined
      if (ownRecipe) {
        const { recipe, source } = ownRecipe.match
        return met(say('expect.by-recipe', { recipe, source }), citeOf(subject.artifact, ownRecipe.field), recipe)
      }
      for (const other of [...committed, ...bound]) {
        const through = fieldsOf(other.facts).find((field) => field && matches(field.value, wanted))
        if (through)
          return throughOther(
            say('expect.through-binding', { name: other.name }),
            citeOf(other.artifact, through),
            toHex(through.value),
          )
      }
      const { match } = (isTied && byRecipe([...committed, ...bound].flatMap((other) => fieldsOf(other.facts)))) || {}
      if (match)
        return throughOther(say('expect.by-recipe', { recipe: match.recipe, source: match.source }), [], match.recipe)
      const elsewhere = unbound.find((other) =>
        fieldsOf(other.facts).some((field) => field && matches(field.value, wanted)),
      )
      if (elsewhere)
        return {
          outcome: 'not-checked',
          because: say('expect.only-unbound', { name: elsewhere.name }),
          cites: [],
          expected: given,
        }
      const first = own[0]
      if (!first) return { outcome: 'not-checked', because: say('expect.no-such-field'), cites: [], expected: given }
      return {
        outcome: 'fail',
        because: say(first.value.length === 0 || isZero(first.value) ? 'expect.carries-none' : `${id}.fails`),
        cites: citeOf(subject.artifact, first),
        found: toHex(first.value),
        expected: given,
      }
    },
  }
}

/** The generic checks of layers 8 and 9. */
export const expectations: readonly Expectation[] = [
  {
    id: 'policy.minimum-tcb-compared',
    layer: 6,
    answer: 'current',
    spec: RATS('8.5'),
    run({ policy, comparesMinimumTcb }) {
      if (policy.minimumTcb === undefined || comparesMinimumTcb)
        return { outcome: 'not-applicable', because: say('expect.not-given'), cites: [] }
      return {
        outcome: 'not-checked',
        because: say('policy.minimum-tcb-unused'),
        cites: [],
        expected: Object.entries(policy.minimumTcb)
          .map(([name, value]) => `${name} ≥ ${value}`)
          .join(', '),
      }
    },
  },
  {
    id: 'software.registers-match',
    layer: 8,
    answer: 'software',
    spec: RATS('8.3'),
    run({ subject, policy, sources, bound, rootless, logs, stated }) {
      const given = Object.entries(policy.registers ?? {})
      // One machine may be described by several subjects that are tied together: each has some of its registers, and together they are compared.
      const { identity, known } = namedValues([subject, ...bound], logs)
      const citesOf = (held: readonly Held[]) => held.map(({ cite }) => cite)
      // Of two banks only the one that was compared.
      const isStated = (one: Held) =>
        stated.some(({ name, value }) => name === one.name.toLowerCase() && value === one.value)
      const issuers = [...new Set(stated.map(({ issuer }) => issuer))].join(', ')
      if (given.length === 0 && !identity.some(isStated)) {
        return identity.length === 0
          ? {
              outcome: 'not-checked',
              because:
                subject.facts.measurements.length === 0
                  ? say('expect.no-registers')
                  : say(stated.length > 0 ? 'expect.none-identify-listed' : 'expect.none-identify', {
                      count: subject.facts.measurements.length,
                      listed: stated.length,
                    }),
              cites: [],
            }
          : {
              outcome: 'not-checked',
              because: sayListed('expect.none-given', {}, { registers: namesOf(identity.map(({ name }) => name)) }),
              cites: citesOf(identity),
              remedy: say('expect.none-given.todo'),
            }
      }
      const compared = given.flatMap(([name, values]) => {
        const held = heldFor(known, name, sizesOf(values))
        return held ? [{ name, values, held }] : []
      })
      const differing = compared.filter(
        ({ held, values }) => !values.some((value) => value.toLowerCase() === held.value.toLowerCase()),
      )
      const shown = differing.length > 0 ? differing : compared
      const cites = citesOf(shown.map(({ held }) => held))
      const found = shown.map(({ held }) => `${held.name} ${held.value}`).join('\n')
      const expected = shown.map(({ name, values }) => `${name} ${values.join(' | ')}`).join('\n')
      if (differing.length > 0)
        return {
          outcome: 'fail',
          because: sayListed('expect.register-differs', {}, { register: namesOf(differing.map(({ name }) => name)) }),
          cites,
          found,
          expected,
        }
      const missing = given.filter(([name]) => !known.has(name.toLowerCase())).map(([name]) => name)
      if (missing.length > 0) {
        const isSaid = missing.every((name) =>
          logs.withheld.some((other) => other.toLowerCase() === name.toLowerCase()),
        )
        return {
          outcome: 'not-checked',
          because: sayListed(
            isSaid ? 'expect.value-withheld' : 'expect.register-unknown',
            {},
            { register: namesOf(missing) },
          ),
          cites,
          found,
          expected,
        }
      }
      // A value that was taken from this evidence equals itself, whatever runs there.
      const isOwn = (name: string) => sources[sourceName(name)] === 'this-evidence'
      const own = compared.filter(({ name, held }) => isOwn(name) && (identity.includes(held) || identity.length === 0))
      if (own.length > 0)
        return {
          outcome: 'not-checked',
          because: sayListed(
            own.length === compared.length ? 'expect.own-registers' : 'expect.own-registers-some',
            { count: own.length },
            { registers: namesOf(own.map(({ held }) => held.name)) },
          ),
          cites,
          found,
          expected,
        }
      const byStatement = identity.filter(isStated)
      const done = identity.filter((one) => isStated(one) || compared.some(({ held }) => held === one)).length
      // The values themselves are shown where the statement is compared.
      const seen = byStatement.length > 0 ? { cites: [...cites, ...citesOf(byStatement)] } : { cites, found, expected }
      if (done < identity.length)
        return {
          outcome: 'not-checked',
          because: say(byStatement.length > 0 ? 'expect.registers-partial-stated' : 'expect.registers-partial', {
            done,
            of: identity.length,
            issuer: issuers,
          }),
          ...seen,
        }
      if (rootless && bound.length === 0) return { outcome: 'not-checked', because: say('expect.unbound'), ...seen }
      return {
        outcome: 'pass',
        because:
          byStatement.length > 0
            ? say('expect.as-stated', { count: byStatement.length, issuer: issuers })
            : say('software.registers-match.holds', { count: compared.length }),
        ...seen,
      }
    },
  },
  {
    id: 'fresh.value-given',
    layer: 9,
    answer: 'fresh',
    spec: RATS('10'),
    run({ policy, subject }) {
      if (policy.nonce !== undefined || policy.reportData !== undefined)
        return { outcome: 'not-applicable', because: say('expect.not-given'), cites: [] }
      return {
        outcome: 'not-checked',
        because: say('expect.no-nonce'),
        cites: citeOf(subject.artifact, subject.facts.nonce ?? subject.facts.userData),
        remedy: say('expect.no-nonce.todo'),
      }
    },
  },
  valueCheck('fresh.report-data-matches', 'reportData', (facts) => [facts.userData]),
  // A nonce travels in its own field where there is one, else in the bytes that the attesting program chose.
  valueCheck('fresh.nonce-matches', 'nonce', (facts) => [facts.nonce ?? facts.userData]),
  {
    id: 'fresh.young-enough',
    layer: 9,
    answer: 'fresh',
    spec: RATS('10'),
    run({ policy, subject, at }) {
      const made = subject.facts.madeAt
      if (!made)
        return policy.maxAgeSeconds === undefined
          ? { outcome: 'not-applicable', because: say('expect.no-time'), cites: [] }
          : { outcome: 'not-checked', because: say('expect.no-time'), cites: [] }
      const age = Math.floor((at - made.value) / 1000)
      const cites = citeOf(subject.artifact, made)
      const found = `${age} s`
      if (policy.maxAgeSeconds === undefined)
        return { outcome: 'not-checked', because: say('expect.no-maximum-age'), cites, found }
      const expected = `≤ ${policy.maxAgeSeconds} s`
      if (age < 0) return { outcome: 'not-checked', because: say('expect.from-the-future'), cites, found, expected }
      return age <= policy.maxAgeSeconds
        ? { outcome: 'pass', because: say('fresh.young-enough.holds', { age }), cites, found, expected }
        : { outcome: 'fail', because: say('fresh.young-enough.fails', { age }), cites, found, expected }
    },
  },
  {
    id: 'fresh.device-expected',
    layer: 9,
    answer: 'fresh',
    spec: RATS('8.3'),
    run({ policy, subject, sources, bound }) {
      if (!policy.chipIds || policy.chipIds.length === 0)
        return { outcome: 'not-applicable', because: say('expect.not-given'), cites: [] }
      const named = [subject, ...bound].find((one) => one.facts.deviceId !== undefined)
      const device = named?.facts.deviceId
      if (!device)
        return {
          outcome: 'not-checked',
          because: say('expect.no-device-id'),
          cites: [],
          expected: policy.chipIds.join(' | '),
        }
      const found = toHex(device.value)
      const holds = policy.chipIds.some((id) => id.toLowerCase() === found)
      if (holds && sources['chipIds'] === 'this-evidence')
        return {
          outcome: 'not-checked',
          because: say('expect.own-value'),
          cites: citeOf(named?.artifact ?? subject.artifact, device),
          found,
          expected: policy.chipIds.join(' | '),
        }
      if (holds && named?.facts.deviceIdIsStated)
        return {
          outcome: 'not-checked',
          because: say('expect.device-stated'),
          cites: citeOf(named.artifact, device),
          found,
          expected: policy.chipIds.join(' | '),
        }
      return {
        outcome: holds ? 'pass' : 'fail',
        because: say(holds ? 'fresh.device-expected.holds' : 'fresh.device-expected.fails'),
        cites: citeOf(named?.artifact ?? subject.artifact, device),
        found,
        expected: policy.chipIds.join(' | '),
      }
    },
  },
]
