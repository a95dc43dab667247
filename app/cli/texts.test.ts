import { expect, it } from 'vitest'
import { textRows, textTable } from './texts.ts'

it('every text of engine, schemes and page stands in one table, in both languages', async () => {
  const rows = await textRows()
  expect(rows.length).toBeGreaterThan(3000)
  for (const row of rows) expect(row.zh, row.key).not.toBe('')
  const lines = textTable(rows).slice(0, -1).split('\n')
  expect(lines).toHaveLength(rows.length + 1)
  for (const line of lines) expect(line.split('\t')).toHaveLength(5)
  expect(rows.find(({ key }) => key === 'limit.intel.physical')).toMatchObject({
    where: 'src/schemes/intel-dcap, what this does not prove',
    remark: expect.stringContaining('never a statement') as string,
  })
  expect(rows.some(({ where }) => where === 'app/case/words.ts')).toBe(true)
})
