import type { TrustAnchor } from '../../core/scheme.ts'
import { sliceOf } from '../../core/place.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { anchorKeyBytes } from '../../pki/anchors.ts'
import type { Certificate } from '../../pki/types.ts'
import { demoAnchor } from './demo-keys.ts'

/** Name of Intel's root, DER in hex. Test roots use the same one. */
export const INTEL_ROOT_SUBJECT =
  '3068311a301806035504030c11496e74656c2053475820526f6f74204341311a3018060355040a0c11496e74656c20436f72706f726174696f6e3114301206035504070c0b53616e746120436c617261310b300906035504080c024341310b3009060355040613025553'

/** Where Intel publishes its root. The list of the same name that it points to is the root's revocation list. */
export const INTEL_ROOT_SOURCE =
  'https://certificates.trustedservices.intel.com/Intel_SGX_Provisioning_Certification_RootCA.cer'

/**
 * Intel's one root for SGX and TDX. Two certificates with this subject and key are in use: the present one below, and an older one
 * (SHA-256 fc64f807…d20429404, valid 2018 to 2033). The key is pinned, so chains with either come out the same.
 */
const intelRoot: TrustAnchor = {
  subject: INTEL_ROOT_SUBJECT,
  format: 'x509',
  purpose: 'evidence',
  holder: 'Intel',
  country: 'US',
  status: 'pinned',
  source: INTEL_ROOT_SOURCE,
  spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEC6nEwMDIYZOj/iPWsCzaEKi71OiOSLRFhWGjbnBVJfVnkY4u3IjkDYYL0MxO4mqsyYjlBalTVYxFP2sJBK5zlA==',
  spkiSha256: 'a0af031289f5d5d4132f9186068a7fc13628633ba235777472e29b6b6c67a49e',
  sha256: '44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3',
  certificate:
    'MIICjzCCAjSgAwIBAgIUImUM1lqdNInzg7SVUr9QGzknBqwwCgYIKoZIzj0EAwIwaDEaMBgGA1UEAwwRSW50ZWwgU0dYIFJvb3QgQ0ExGjAYBgNVBAoMEUludGVsIENvcnBvcmF0aW9uMRQwEgYDVQQHDAtTYW50YSBDbGFyYTELMAkGA1UECAwCQ0ExCzAJBgNVBAYTAlVTMB4XDTE4MDUyMTEwNDUxMFoXDTQ5MTIzMTIzNTk1OVowaDEaMBgGA1UEAwwRSW50ZWwgU0dYIFJvb3QgQ0ExGjAYBgNVBAoMEUludGVsIENvcnBvcmF0aW9uMRQwEgYDVQQHDAtTYW50YSBDbGFyYTELMAkGA1UECAwCQ0ExCzAJBgNVBAYTAlVTMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEC6nEwMDIYZOj/iPWsCzaEKi71OiOSLRFhWGjbnBVJfVnkY4u3IjkDYYL0MxO4mqsyYjlBalTVYxFP2sJBK5zlKOBuzCBuDAfBgNVHSMEGDAWgBQiZQzWWp00ifODtJVSv1AbOScGrDBSBgNVHR8ESzBJMEegRaBDhkFodHRwczovL2NlcnRpZmljYXRlcy50cnVzdGVkc2VydmljZXMuaW50ZWwuY29tL0ludGVsU0dYUm9vdENBLmRlcjAdBgNVHQ4EFgQUImUM1lqdNInzg7SVUr9QGzknBqwwDgYDVR0PAQH/BAQDAgEGMBIGA1UdEwEB/wQIMAYBAf8CAQEwCgYIKoZIzj0EAwIDSQAwRgIhAOW/5QkR+S9CiSDcNoowLuPRLsWGf/Yi7GSX94BgwTwgAiEA4J0lrHoMs+Xo5o/sX6O9QWxHRAvZUGOdRQ7cvqRXaqI=',
}

/** Roots of test systems that are in circulation under names like Intel's: what hangs on them says nothing about hardware on sale. Named, so that "unknown root" does not mislead. */
const testRoots: readonly TrustAnchor[] = [
  {
    subject: INTEL_ROOT_SUBJECT,
    format: 'x509',
    purpose: 'evidence',
    holder: 'Intel sandbox (pre-production hardware)',
    country: 'US',
    status: 'development',
    source: 'https://sbx-certificates.trustedservices.intel.com/Intel_SGX_Provisioning_Certification_RootCA.cer',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAET/oP/VYc2tbA+Y0wjIEoxbknonMyyOjrE/a+QrVx1kZvU8ZE/8L/wQKCIOSaSWbPAvMuL7TTSbssuu0okDegLQ==',
    spkiSha256: 'abcbd1f4da017d68ac75b49fcd7d12fddcd949d3cb5d9afa78f2cf44d489630b',
    sha256: 'e3f49e858865d54dde1d2f778817a355c470133165ddce1e488bec66f8f9ecf3',
  },
  {
    subject: INTEL_ROOT_SUBJECT,
    format: 'x509',
    purpose: 'evidence',
    holder: 'Intel QVL sample data (test root of 2019)',
    country: '',
    status: 'development',
    source: 'https://github.com/intel/SGX-TDX-DCAP-QuoteVerificationLibrary',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5OrBrf+Fu4b8cZB0kCHhTBAHeo/NX9IWlGVfIRLlNEa+k8v5ahmfFlkBbHPN/EKcX5BW5HDidc9dYG8fRWoStQ==',
    spkiSha256: '6a3b29fc4ae6ef0e0a9241dc63aeb2a361b15af97a634803dcda3d7358a3e38a',
    sha256: '842a5bcb64ba3f7d755036ce1bb85778b3481a5dd75f4731c381b8eea658aa0d',
  },
  {
    subject: INTEL_ROOT_SUBJECT,
    format: 'x509',
    purpose: 'evidence',
    holder: 'Intel QVL sample data (test root of 2021)',
    country: '',
    status: 'development',
    source: 'https://github.com/intel/SGX-TDX-DCAP-QuoteVerificationLibrary',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEUo779pdFNO/NefmVgVMI42TSAxdx/vJ/jgLroU1eC1XaHKGj3+BabWru3+kPhmc6j1p0QXCBop/hC1mgHup+Tg==',
    spkiSha256: 'b4709133063051f70429aa41e5bd26c6efa0b3cced38fb5935bcf3e27df8fc1a',
    sha256: 'bf85a53fc08f84cb1f73a4f75f48af566e30ac040699ba0ec1b8d593c05b56fc',
  },
  {
    subject: INTEL_ROOT_SUBJECT,
    format: 'x509',
    purpose: 'evidence',
    holder: 'LCP simulation root (test)',
    country: '',
    status: 'development',
    source: 'https://github.com/datachainlab/lcp',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAErzNPtZ16CUe39ujAYJlx+ljzgWh3SV+aUhq6ud2NZ73170P2z1z7hU1Nh8yS4B8l5UN8dDNGW1JFdObRsKW1XA==',
    spkiSha256: '75050fb2b88b5ee3b970737c0bc7c849b2ba79784aa9cb9bd6d106dd72233bf5',
    sha256: 'ac4aa708bc71e72657a2cce7e9e1faf1bdba7206ac41a957eed1a375b418d7df',
  },
  {
    subject: '301d311b301906035504030c124d6f636b20496e74656c20526f6f74204341',
    format: 'x509',
    purpose: 'evidence',
    holder: 'Mock TDX root of attested-tls (test)',
    country: '',
    status: 'development',
    source: 'https://github.com/flashbots/attested-tls',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAhfmF/C2RDkoJ4+WmZ5pojpPLBUr321s32bluAKC1O0ZSn3ry5dxLS3aPKhaqHZaVvRfx1hZllLyiXxlMG5XlA==',
    spkiSha256: '76805a63a6980c18075424a13f32772d02d7c71b4965754c1ce84f5841220327',
    sha256: '817c8e49cae444d9388f0af8ee334613817ec8d8c767c0579a8b7138abe342c4',
  },
]

/** Every root that this scheme knows by name. Only Intel's is pinned. */
export const anchors: readonly TrustAnchor[] = [intelRoot, ...testRoots, demoAnchor]

/** Certificates under Intel's root that are the same for everybody. They complete a chain that came without them; each is verified like one that was dropped. */
const PUBLISHED: readonly { readonly name: string; readonly sha256: string; readonly der: string }[] = [
  {
    name: 'Intel SGX PCK Platform CA',
    sha256: '22eb770dca215b607b5ccfc21a672b1da5cc660b1ad0365020567979edcaa0e1',
    der: 'MIICljCCAj2gAwIBAgIVAJVvXc29G+HpQEnJ1PQzzgFXC95UMAoGCCqGSM49BAMCMGgxGjAYBgNVBAMMEUludGVsIFNHWCBSb290IENBMRowGAYDVQQKDBFJbnRlbCBDb3Jwb3JhdGlvbjEUMBIGA1UEBwwLU2FudGEgQ2xhcmExCzAJBgNVBAgMAkNBMQswCQYDVQQGEwJVUzAeFw0xODA1MjExMDUwMTBaFw0zMzA1MjExMDUwMTBaMHAxIjAgBgNVBAMMGUludGVsIFNHWCBQQ0sgUGxhdGZvcm0gQ0ExGjAYBgNVBAoMEUludGVsIENvcnBvcmF0aW9uMRQwEgYDVQQHDAtTYW50YSBDbGFyYTELMAkGA1UECAwCQ0ExCzAJBgNVBAYTAlVTMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENSB/7t21lXSO2Cuzpxw74eJB72EyDGgW5rXCtx2tVTLq6hKk6z+UiRZCnqR7psOvgqFeSxlmTlJleTmi2WYz3qOBuzCBuDAfBgNVHSMEGDAWgBQiZQzWWp00ifODtJVSv1AbOScGrDBSBgNVHR8ESzBJMEegRaBDhkFodHRwczovL2NlcnRpZmljYXRlcy50cnVzdGVkc2VydmljZXMuaW50ZWwuY29tL0ludGVsU0dYUm9vdENBLmRlcjAdBgNVHQ4EFgQUlW9dzb0b4elAScnU9DPOAVcL3lQwDgYDVR0PAQH/BAQDAgEGMBIGA1UdEwEB/wQIMAYBAf8CAQAwCgYIKoZIzj0EAwIDRwAwRAIgXsVki0w+i6VYGW3UF/22uaXe0YJDj1UenA+TjD1ai5cCICYb1SAmD5xkfTVpvo4UoyiSYxrDWLmUR4CI9NKyfPN+',
  },
  {
    name: 'Intel SGX PCK Processor CA',
    sha256: '13b2dccef8fc4ec977ee5249743b0f758ebd1e28d768b2e1e12bc348adaa09fb',
    der: 'MIICmDCCAj6gAwIBAgIVANDoqtp11/kuSReYPHsUZdDV8llNMAoGCCqGSM49BAMCMGgxGjAYBgNVBAMMEUludGVsIFNHWCBSb290IENBMRowGAYDVQQKDBFJbnRlbCBDb3Jwb3JhdGlvbjEUMBIGA1UEBwwLU2FudGEgQ2xhcmExCzAJBgNVBAgMAkNBMQswCQYDVQQGEwJVUzAeFw0xODA1MjExMDUwMTBaFw0zMzA1MjExMDUwMTBaMHExIzAhBgNVBAMMGkludGVsIFNHWCBQQ0sgUHJvY2Vzc29yIENBMRowGAYDVQQKDBFJbnRlbCBDb3Jwb3JhdGlvbjEUMBIGA1UEBwwLU2FudGEgQ2xhcmExCzAJBgNVBAgMAkNBMQswCQYDVQQGEwJVUzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL9q+NMp2IOgtdl1bk/uWZ5+TGQm8aCi8z78fs+fKCQ3d+uDzXnVTAT2ZhDCifyIuJwvN3wNBp9iHBSSMJMJrBOjgbswgbgwHwYDVR0jBBgwFoAUImUM1lqdNInzg7SVUr9QGzknBqwwUgYDVR0fBEswSTBHoEWgQ4ZBaHR0cHM6Ly9jZXJ0aWZpY2F0ZXMudHJ1c3RlZHNlcnZpY2VzLmludGVsLmNvbS9JbnRlbFNHWFJvb3RDQS5kZXIwHQYDVR0OBBYEFNDoqtp11/kuSReYPHsUZdDV8llNMA4GA1UdDwEB/wQEAwIBBjASBgNVHRMBAf8ECDAGAQH/AgEAMAoGCCqGSM49BAMCA0gAMEUCIQCJgTbtVqOyZ1m3jqiAXM6QYa6r5sWS4y/G7y8uIJGxdwIgRqPvBSKzzQagBLQq5s5A70pdoiaRJ8z/0uDz4NgV91k=',
  },
  {
    name: 'Intel SGX TCB Signing (2025 to 2032)',
    sha256: 'c0575e76d0303b61d09cde8cbdb70db34a74f38318300d7c0e6ba8cf4bf45aea',
    der: 'MIICjTCCAjKgAwIBAgIUfjiC1ftVKUpASY5FhAPpFJG99FUwCgYIKoZIzj0EAwIwaDEaMBgGA1UEAwwRSW50ZWwgU0dYIFJvb3QgQ0ExGjAYBgNVBAoMEUludGVsIENvcnBvcmF0aW9uMRQwEgYDVQQHDAtTYW50YSBDbGFyYTELMAkGA1UECAwCQ0ExCzAJBgNVBAYTAlVTMB4XDTI1MDUwNjA5MjUwMFoXDTMyMDUwNjA5MjUwMFowbDEeMBwGA1UEAwwVSW50ZWwgU0dYIFRDQiBTaWduaW5nMRowGAYDVQQKDBFJbnRlbCBDb3Jwb3JhdGlvbjEUMBIGA1UEBwwLU2FudGEgQ2xhcmExCzAJBgNVBAgMAkNBMQswCQYDVQQGEwJVUzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABENFG8xzydWRfK92bmGvP+mAh91PEyV7Jh6FGJd5ndE9aBH7R3E4A7ubrlh/zN3C4xvpoouGlirMba+W2ljuypajgbUwgbIwHwYDVR0jBBgwFoAUImUM1lqdNInzg7SVUr9QGzknBqwwUgYDVR0fBEswSTBHoEWgQ4ZBaHR0cHM6Ly9jZXJ0aWZpY2F0ZXMudHJ1c3RlZHNlcnZpY2VzLmludGVsLmNvbS9JbnRlbFNHWFJvb3RDQS5kZXIwHQYDVR0OBBYEFH44gtX7VSlKQEmORYQD6RSRvfRVMA4GA1UdDwEB/wQEAwIGwDAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYCIQDdmmRuAo3qCO8TC1IoJMITAoOEw4dlgEBHzSz1TuMSTAIhAKVTqOkt59+co0O3m3hC+v5Fb00FjYWcgeu3EijOULo5',
  },
  {
    name: 'Intel SGX TCB Signing (2018 to 2025)',
    sha256: 'ec37d98107bfb7dab6ff8de4d4dda6fde30a6f50b0d7b03eefb5652f1e652969',
    der: 'MIICizCCAjKgAwIBAgIUfjiC1ftVKUpASY5FhAPpFJG99FUwCgYIKoZIzj0EAwIwaDEaMBgGA1UEAwwRSW50ZWwgU0dYIFJvb3QgQ0ExGjAYBgNVBAoMEUludGVsIENvcnBvcmF0aW9uMRQwEgYDVQQHDAtTYW50YSBDbGFyYTELMAkGA1UECAwCQ0ExCzAJBgNVBAYTAlVTMB4XDTE4MDUyMTEwNTAxMFoXDTI1MDUyMTEwNTAxMFowbDEeMBwGA1UEAwwVSW50ZWwgU0dYIFRDQiBTaWduaW5nMRowGAYDVQQKDBFJbnRlbCBDb3Jwb3JhdGlvbjEUMBIGA1UEBwwLU2FudGEgQ2xhcmExCzAJBgNVBAgMAkNBMQswCQYDVQQGEwJVUzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABENFG8xzydWRfK92bmGvP+mAh91PEyV7Jh6FGJd5ndE9aBH7R3E4A7ubrlh/zN3C4xvpoouGlirMba+W2ljuypajgbUwgbIwHwYDVR0jBBgwFoAUImUM1lqdNInzg7SVUr9QGzknBqwwUgYDVR0fBEswSTBHoEWgQ4ZBaHR0cHM6Ly9jZXJ0aWZpY2F0ZXMudHJ1c3RlZHNlcnZpY2VzLmludGVsLmNvbS9JbnRlbFNHWFJvb3RDQS5kZXIwHQYDVR0OBBYEFH44gtX7VSlKQEmORYQD6RSRvfRVMA4GA1UdDwEB/wQEAwIGwDAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0cAMEQCIB9C8wOAN/ImxDtGACV246KcqjagZOR0kyctyBrsGGJVAiAjftbrNGsGU8YH211dRiYNoPPu19Zp/ze8JmhujB0oBw==',
  },
]

/** SHA-256 of Intel's root key: published intermediates hang on it and on nothing else. */
export const INTEL_ROOT_KEY = intelRoot.spkiSha256

let published: readonly Certificate[] | undefined

/** The published intermediates, read once. */
export function publishedCertificates(): readonly Certificate[] {
  published ??= PUBLISHED.flatMap(({ der, sha256 }) => {
    const bytes = anchorKeyBytes(der)
    return (bytes && readCertificate(sliceOf(`published:${sha256}`, bytes))) ?? []
  })
  return published
}

/** SHA-256 of each published intermediate, for the test that compares them. */
export const PUBLISHED_SHA256: readonly string[] = PUBLISHED.map((one) => one.sha256)
