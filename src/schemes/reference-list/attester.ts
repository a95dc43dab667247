/** Makes lists as tools write them: nobody signs them, so nothing here needs a key. */

const text = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)

/** Contrast's manifest: one entry a platform, and the policies that guests may have. */
export function makeContrast(measurement = 'a5'.repeat(48), policy = 'd1'.repeat(32)): Uint8Array {
  return text({
    Policies: { [policy]: { SANs: ['demonstration'], WorkloadSecretID: '', Role: 'coordinator' } },
    ReferenceValues: {
      snp: [
        { ProductName: 'Milan', TrustedMeasurement: measurement },
        { ProductName: 'Genoa', TrustedMeasurement: 'a6'.repeat(48) },
      ],
      tdx: [
        { MrTd: 'c4'.repeat(48), MrSeam: 'c5'.repeat(48), Rtmrs: ['c6', 'c7', 'c8', 'c9'].map((b) => b.repeat(48)) },
      ],
    },
  })
}
