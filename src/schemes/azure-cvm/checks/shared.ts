/** Where Azure describes the structure. */
export const HCL = (section: string) => ({
  title: 'Azure confidential VM guest attestation',
  section,
  url: 'https://learn.microsoft.com/en-us/azure/confidential-computing/guest-attestation-confidential-virtual-machines-design',
})
