import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Edition, WantedCollateral } from '../../../src/engine/collateral-requests.ts'
import { useCase } from '../../case/context.tsx'
import { askedHosts } from '../../collateral/asked.ts'
import type { Transport } from '../../collateral/fetch-one.ts'
import { mirrorTransport } from '../../collateral/mirrors.ts'
import { relayTransport } from '../../collateral/relay.ts'
import { cancelRun, startRun, useRun } from '../../collateral/run.ts'
import { snapshotTransport, type Snapshot } from '../../collateral/snapshot.ts'
import { sha256Hex } from '../../case/files.ts'
import { fetchWords } from '../../collateral/words.ts'
import { useKeys } from '../../keys/keys.tsx'
import { useLocale, useSay, useWords } from '../../text/speech.tsx'
import { Button, Choice } from '../../ui/Button.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import styles from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useMirrors, useRelay, useSnapshot, useWanted } from './use-doors.ts'

const EDITIONS = ['plain', 'early', 'standard'] as const

/** Who would be asked, how often, and what they would learn; and the button that sends it, where somebody here can. */
export function Ask() {
  const w = useWords(deskWords)
  const f = useWords(fetchWords)
  const { case: one, appraisal, engine, at, dispatch } = useCase()
  const [edition, setEdition] = useState<(typeof EDITIONS)[number]>('plain')
  const chosen: Edition | undefined = edition === 'plain' ? undefined : edition
  const wanted = useWanted(chosen)
  const relay = useRelay()
  const mirrors = useMirrors()
  const deployed = useSnapshot((appraisal?.wishes.length ?? 0) > 0)
  const run = useRun(one.number)
  const queries = useQueryClient()
  const hosts = askedHosts(wanted ?? [])
  const count = hosts.reduce((sum, { requests }) => sum + requests, 0)
  const commands = appraisal?.wishes.flatMap(({ curl }) => (curl === '' ? [] : [curl])) ?? []
  useKeys({
    g: () => document.getElementById('get-missing')?.focus(),
    c: () => {
      if (commands.length > 0) document.querySelector<HTMLElement>('#copy-commands button')?.click()
    },
  })
  if (!appraisal || !wanted || (count === 0 && !run.isRunning)) return null

  const send = (transport: Transport, agreed: readonly WantedCollateral[], origin: 'fetched' | 'bundled' = 'fetched') =>
    void startRun({
      number: one.number,
      engine,
      files: one.files,
      appraise: { at, atSource: appraisal.atSource, policy: one.policy },
      transport,
      origin,
      agreed,
      edition: chosen,
      isRefreshed: false,
      queries,
      onFile: (file) => dispatch({ kind: 'add', number: one.number, files: [file] }),
    })
  const canRelay = relay !== undefined && !relay.isLost
  const byMirror = wanted.filter(({ requests: all }) => all.some(({ host }) => mirrors.has(host)))
  const canMirror = !canRelay && byMirror.length > 0
  const shown = canMirror ? byMirror : wanted
  const kept = wanted.filter(({ requests: all }) =>
    all.some(({ url }) => deployed?.snapshot?.items.some((item) => item.url === url) === true),
  )
  const hasEditions = wanted.some(({ requests: all }) =>
    all.some(({ host }) => host === 'api.trustedservices.intel.com'),
  )
  const words = w(shown.length === 1 ? 'requestsOne' : 'requestsMany', { count: shown.length })
  return (
    <section className={styles.ask} aria-labelledby="ask-title">
      <div>
        <h3 id="ask-title">
          {w(canRelay ? 'getTitle' : canMirror ? 'getTitleMirror' : 'askTitle', { requests: words })}
        </h3>
        <Hosts wanted={shown} mirrors={canMirror ? Object.fromEntries(mirrors) : (relay?.about?.mirrors ?? {})} />
        <p>{f('also')}</p>
        {appraisal.isMadeHere && <p>{w('ofDemonstration')}</p>}
        {deployed?.snapshot && kept.length > 0 && (
          <p>{w('snapshotOf', { date: deployed.day, count: kept.length, wanted: wanted.length })}</p>
        )}
        {!canRelay && !canMirror && (
          <>
            <p>{relay ? w('relayLost') : <NoRelay />}</p>
            <p>{w('commandLine')}</p>
            <Scroll isText label={w('commandLine')}>
              {`npm run -s appraise -- ${one.files.map(({ name }) => safeName(name)).join(' ')} --fetch`}
            </Scroll>
          </>
        )}
        {run.clock && <p role="status">{f('clock', { ...run.clock })}</p>}
      </div>
      <div className={styles.go}>
        {hasEditions && (canRelay || canMirror) && (
          <Choice
            label={w('edition')}
            value={edition}
            options={EDITIONS.map((value) => ({ value, text: w(value) }))}
            onChange={setEdition}
          />
        )}
        {deployed?.snapshot && kept.length > 0 && !run.isRunning && (
          <Button onClick={() => send(snapshotTransport(deployed.snapshot ?? EMPTY, sha256Hex), wanted, 'bundled')}>
            {w('useSnapshot')}
          </Button>
        )}
        {run.isRunning ? (
          <Button id="get-missing" onClick={() => cancelRun(one.number)}>
            {w('cancel')}
          </Button>
        ) : (
          (canRelay || canMirror) && (
            <Button
              id="get-missing"
              look="primary"
              disabled={canRelay && !relay.about}
              onClick={() => send(canRelay ? relayTransport(relay.address) : mirrorTransport(mirrors), shown)}
            >
              {w('send', { requests: words })}
            </Button>
          )
        )}
        <p className={styles.hidden} role="status">
          {run.isRunning ? w('running') : ''}
        </p>
        {commands.length > 0 && (
          <p id="copy-commands">
            <Copy
              text={commands.join('\n')}
              label={w(commands.length === 1 ? 'commandOne' : 'commands', { count: commands.length })}
            />
          </p>
        )}
      </div>
    </section>
  )
}

const EMPTY: Snapshot = { schema: 'collateral-snapshot/1', made: '', items: [] }

/** A file name as a shell takes it, or a placeholder where it would not. */
const safeName = (name: string) => (/^[\w.@+=-]{1,80}$/.test(name) ? name : 'FILE')

function NoRelay() {
  const w = useWords(deskWords)
  const [before = '', after = ''] = w('noRelay').split('{command}')
  return (
    <>
      {before}
      <code>npm start -- --relay</code>
      {after}
    </>
  )
}

function Hosts({
  wanted,
  mirrors,
}: {
  readonly wanted: readonly WantedCollateral[]
  readonly mirrors: Readonly<Record<string, string>>
}) {
  const w = useWords(deskWords)
  const say = useSay()
  const locale = useLocale()
  return (
    <table className={styles.hosts}>
      <thead>
        <tr>
          <th scope="col">{w('who')}</th>
          <th scope="col" className={styles.count}>
            {w('requests')}
          </th>
          <th scope="col">{w('learn')}</th>
        </tr>
      </thead>
      <tbody>
        {askedHosts(wanted).map(({ host, requests, reveals }) => (
          <tr key={host}>
            <th scope="row">
              <code>{host}</code>
              {mirrors[host] !== undefined && <small>{w('through', { url: mirrors[host] })}</small>}
            </th>
            <td className={styles.count} data-unit={w('requests')}>
              {requests}
            </td>
            <td>{reveals.map(say).join(locale === 'zh' ? '；' : '; ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
