import { expect, it } from 'vitest'
import { bootEvents, makeTcg2 } from '../schemes/event-log/attester.ts'
import { handedOver, withFileBytes } from './hand-over.ts'
import { inspect } from './inspect.ts'

it('what crosses is what was read, without the file, and what stays here is whole', async () => {
  const files = [{ name: 'log', bytes: makeTcg2(['sha1', 'sha256'], bootEvents(false)) }]
  const inspection = await inspect(files)
  const { take, moved } = handedOver(inspection)
  const sent = structuredClone(take, { transfer: moved })
  expect(sent.spaces.find(({ space }) => space.id === '')?.space.bytes).toHaveLength(0)
  expect(moved.length).toBeGreaterThan(10)
  expect(withFileBytes(sent, files)).toEqual(structuredClone(inspection))
  expect(inspection.artifacts[0]?.derived?.events.covered.length).toBe(bootEvents(false).length + 1)
})
