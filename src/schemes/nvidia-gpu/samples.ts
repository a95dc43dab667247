import type { AttesterSample } from '../../core/scheme.ts'

/** None yet: real reports need no sample, and demonstration devices are made in tests. */
export const samples: readonly AttesterSample[] = []
