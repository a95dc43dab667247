import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Edition, WantedCollateral } from '../../../src/engine/collateral-requests.ts'
import { useCase } from '../../case/context.tsx'
import { askedHosts } from '../../collateral/asked.ts'
import type { Transport } from '../../collateral/fetch-one.ts'
import { relayTransport } from '../../collateral/relay.ts'
import { cancelRun, startRun, useRun } from '../../collateral/run.ts'
import { fetchWords } from '../../collateral/words.ts'
import { useKeys } from '../../keys/keys.tsx'
import { useLocale, useSay, useWords } from '../../text/speech.tsx'
import { Button, Choice } from '../../ui/Button.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import styles from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useRelay, useWanted } from './use-doors.ts'

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
  const run = useRun(one.number)
  const queries = useQueryClient()
  const hosts = askedHosts(wanted ?? [])
  const count = hosts.reduce((sum, { requests }) => sum + requests, 0)
  const commands = appraisal?.wishes.flatMap(({ curl }) => (curl === '' ? [] : [curl])) ?? []
  useKeys({ g: () => document.getElementById('get-missing')?.focus() })
  if (!appraisal || !wanted || (count === 0 && !run.isRunning)) return null
  const requests = w(count === 1 ? 'requestsOne' : 'requestsMany', { count })

  const send = (transport: Transport) =>
    void startRun({
      number: one.number,
      engine,
      files: one.files,
      appraise: { at, atSource: appraisal.atSource, policy: one.policy },
      transport,
      agreed: wanted,
      edition: chosen,
      isRefreshed: false,
      queries,
      onFile: (file) => dispatch({ kind: 'add', number: one.number, files: [file] }),
    })
  const canRelay = relay !== undefined && !relay.isLost
  const hasEditions = wanted.some(({ requests: all }) =>
    all.some(({ host }) => host === 'api.trustedservices.intel.com'),
  )
  return (
    <section className={styles.ask} aria-labelledby="ask-title">
      <div>
        <h3 id="ask-title">{w(canRelay ? 'getTitle' : 'askTitle', { requests })}</h3>
        <Hosts wanted={wanted} mirrors={relay?.about?.mirrors ?? {}} />
        <p>{f('also')}</p>
        {!canRelay && (
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
        {hasEditions && canRelay && (
          <Choice
            label={w('edition')}
            value={edition}
            options={EDITIONS.map((value) => ({ value, text: w(value) }))}
            onChange={setEdition}
          />
        )}
        {canRelay &&
          (run.isRunning ? (
            <Button id="get-missing" onClick={() => cancelRun(one.number)}>
              {w('cancel')}
            </Button>
          ) : (
            <Button
              id="get-missing"
              look="primary"
              disabled={!relay.about}
              onClick={() => send(relayTransport(relay.address))}
            >
              {w('send', { requests })}
            </Button>
          ))}
        <p className={styles.hidden} role="status">
          {run.isRunning ? w('running') : ''}
        </p>
        {commands.length > 0 && (
          <p>
            <Copy text={commands.join('\n')} label={w('commands', { count: commands.length })} />
          </p>
        )}
      </div>
    </section>
  )
}

/** A file name as a shell takes it, or a placeholder where it would not. */
const safeName = (name: string) => (/^[\w.@+=-]{1,80}$/.test(name) ? name : 'FILE')

function NoRelay() {
  const w = useWords(deskWords)
  const [before = '', after = ''] = w('noRelay', { command: '\n' }).split('\n')
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
