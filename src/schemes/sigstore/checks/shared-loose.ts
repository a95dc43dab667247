import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Finding } from '../../../core/verdict.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import type { Step } from '../log.ts'
import type { PreparedLoose } from '../loose.ts'
import { cite, CLIENT, CT, DSSE, IN_TOTO } from './shared.ts'

/** The questions to a statement outside a bundle; each is one that a bundle is asked as well, so that they stand together. */

const whole = ({ artifact, loose }: PreparedLoose) => cite({ artifact }, '', rangeOf(loose.slice))

/** Is it an in-toto statement? */
const wellFormed: CheckDefinition<PreparedLoose> = {
  id: 'sigstore.statement-well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: IN_TOTO('statement'),
  run(prepared) {
    const { inToto } = prepared
    return inToto.fault
      ? { outcome: 'fail', because: say(`sigstore.statement.${inToto.fault}`), cites: whole(prepared) }
      : {
          outcome: 'pass',
          because: say('sigstore.statement-well-formed.holds', {
            count: inToto.files.length,
            type: inToto.predicateType,
          }),
          cites: whole(prepared),
        }
  },
}

/** Did a key that was given sign exactly this? */
const signedByKey: CheckDefinition<PreparedLoose> = {
  id: 'sigstore.signed-by-given-key',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: DSSE('protocol'),
  applies: ({ signature }) => signature.state !== 'no-signature',
  run(prepared) {
    const { signature, artifact, loose } = prepared
    const cites = whole(prepared)
    switch (signature.state) {
      case 'valid':
        return {
          outcome: 'pass',
          because: say('sigstore.signed-by-given-key.holds', { key: signature.key.holder }),
          cites,
          uses: signature.key.source ? [signature.key.source.item.artifact] : [],
          proves: [{ from: 'root', to: 'statement', by: 'signature' }],
          covers: [{ artifact, range: rangeOf(loose.slice), by: 'endorsement' }],
        }
      case 'invalid':
        // A key out of a file may be another signer's: it proves nothing against the statement.
        return { outcome: 'not-checked', because: say('sigstore.other-key'), code: 'key-foreign', cites }
      case 'unsupported':
        return { outcome: 'unsupported', because: say('crypto.unsupported', { name: signature.key.kind }), cites }
      case 'no-key':
      case 'no-signature':
        return {
          outcome: 'not-checked',
          because: say('sigstore.no-key'),
          code: 'key-missing',
          cites,
          remedy: say('sigstore.no-key.todo'),
        }
    }
  },
}

function logCheck(
  id: string,
  spec: CheckDefinition['spec'],
  stepOf: (entry: Exclude<PreparedLoose['entry'], undefined>) => Step,
): CheckDefinition<PreparedLoose> {
  return {
    id,
    layer: 2,
    weight: 'decides',
    dependsOn: [],
    spec,
    applies: ({ entry }) => entry !== undefined && stepOf(entry).state !== 'missing',
    run(prepared): Finding {
      const { entry } = prepared
      const step: Step = entry ? stepOf(entry) : { state: 'missing' }
      const cites = entry ? cite(entry.item, '', rangeOf(entry.item.slice)) : []
      switch (step.state) {
        case 'holds':
          return {
            outcome: 'pass',
            because: say(`${id}.holds`, { log: step.key?.name ?? '', index: String(entry?.logIndex ?? '') }),
            cites,
          }
        case 'fails':
          // The entry is a file of its own: a forged one is no entry, and breaks nothing.
          return { outcome: 'not-checked', because: say(step.text), cites }
        case 'no-key':
          return {
            outcome: 'not-checked',
            because: say('sigstore.log-unknown', { log: '' }),
            code: 'key-missing',
            cites,
          }
        case 'unsupported':
          return { outcome: 'unsupported', because: say('crypto.unsupported', { name: 'log key' }), cites }
        case 'missing':
          return { outcome: 'not-checked', because: say('sigstore.no-entry'), cites }
      }
    },
  }
}

/** Is it valid at the instant, by its own dates? */
const inDate: CheckDefinition<PreparedLoose> = {
  id: 'sigstore.statement-in-date',
  layer: 5,
  answer: 'software',
  weight: 'decides',
  dependsOn: [],
  spec: IN_TOTO('predicate'),
  applies: ({ inToto }) => inToto.validTo !== undefined || inToto.validFrom !== undefined,
  run(prepared, { at }) {
    const { validFrom = -Infinity, validTo = Infinity } = prepared.inToto
    const found = `${Number.isFinite(validFrom) ? isoOf(validFrom) : ''} – ${Number.isFinite(validTo) ? isoOf(validTo) : ''}`
    const cites = whole(prepared)
    if (at < validFrom)
      return { outcome: 'not-checked', because: say('sigstore.statement-early'), code: 'not-yet-valid', cites, found }
    if (at > validTo)
      return {
        outcome: 'not-checked',
        because: say('sigstore.statement-expired'),
        code: 'collateral-expired',
        cites,
        found,
      }
    return { outcome: 'pass', because: say('sigstore.statement-in-date.holds'), cites, found }
  },
}

export const looseChecks: readonly CheckDefinition<PreparedLoose>[] = [
  wellFormed,
  signedByKey,
  logCheck('sigstore.set-signed', CLIENT('4.3.2'), ({ set }) => set),
  logCheck('sigstore.entry-included', CT('2.1.1'), ({ inclusion }) => inclusion),
  logCheck('sigstore.checkpoint-signed', CLIENT('4.3.3'), ({ checkpoint }) => checkpoint),
  inDate,
]
