/** Where the rules stand. */
export const GCE = (section: string) => ({
  title: 'Google gce-tcb-verifier',
  section,
  url: 'https://github.com/google/gce-tcb-verifier/blob/main/proto/endorsement.proto',
})
