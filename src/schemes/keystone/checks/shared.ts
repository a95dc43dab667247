import { say } from '../../../core/saying.ts'
import type { Finding } from '../../../core/verdict.ts'

/** Keystone has no specification but its sources. */
export const SOURCE = (file: string) => ({
  title: 'Keystone',
  section: file,
  url: `https://github.com/keystone-enclave/keystone/blob/master/${file}`,
})

/** The report is not whole enough to look at this. */
export const unreadable = (): Finding => ({
  outcome: 'not-checked',
  because: say('keystone.unreadable'),
  cites: [],
})
