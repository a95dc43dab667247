import type { TrustAnchor } from '../../core/scheme.ts'
import { demoAuthority, demoKeys } from './demo-anchors.ts'
import { PINNED_KEYS, TRUST_ROOT_SOURCE } from './trust-root.ts'

/** Logs of the second version name a key by host and key; everything else by the hash of the key. */
const SPKI_SHA256: Readonly<Record<string, string>> = {
  cf1199155bddd051268d1f16ac5c0c75c009f6fb5a63f4177f8e18d7051e3fa0:
    'b54813cb63d8859870a5e78500cc6adcfdf59723edae93ee8d25faf2475a0690',
}

/** Roots of sigstore's authorities, the keys of its logs, and our own demonstration ones, which prove nothing. */
export const anchors: readonly TrustAnchor[] = [
  {
    subject: '302a31153013060355040a130c73696773746f72652e6465763111300f0603550403130873696773746f7265',
    format: 'x509',
    purpose: 'reference-values',
    holder: 'sigstore (certificates)',
    country: '',
    scope: 'certificates',
    source: TRUST_ROOT_SOURCE,
    spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEtLIDsiLmT6k07xkRZjTKV6ZYOjA6Q1reQv4ZkTlnkZZ6Ev38D1tE0DdFuuxnmLQlxqy1pEvtKnl+n+MPl3Gpz9R1NWeW9LXpqf7Zh+zB79C4uiVFQKtw4Tb7aIDn63N3',
    spkiSha256: '80917b65f03abf988a5e815c625e42b48b041b6d6a2d17851518f25d54517cf3',
    sha256: '03a38ffb1f450100c2596d1d10b900ac4d504058006dda58199576bbeb9c73d0',
    certificate:
      'MIIB+DCCAX6gAwIBAgITNVkDZoCiofPDsy7dfm6geLbuhzAKBggqhkjOPQQDAzAqMRUwEwYDVQQKEwxzaWdzdG9yZS5kZXYxETAPBgNVBAMTCHNpZ3N0b3JlMB4XDTIxMDMwNzAzMjAyOVoXDTMxMDIyMzAzMjAyOVowKjEVMBMGA1UEChMMc2lnc3RvcmUuZGV2MREwDwYDVQQDEwhzaWdzdG9yZTB2MBAGByqGSM49AgEGBSuBBAAiA2IABLSyA7Ii5k+pNO8ZEWY0ylemWDowOkNa3kL+GZE5Z5GWehL9/A9bRNA3RbrsZ5i0JcastaRL7Sp5fp/jD5dxqc/UdTVnlvS16an+2Yfswe/QuLolRUCrcOE2+2iA5+tzd6NmMGQwDgYDVR0PAQH/BAQDAgEGMBIGA1UdEwEB/wQIMAYBAf8CAQEwHQYDVR0OBBYEFMjFHQBBmiQpMlEk6w2uSu1KBtPsMB8GA1UdIwQYMBaAFMjFHQBBmiQpMlEk6w2uSu1KBtPsMAoGCCqGSM49BAMDA2gAMGUCMH8liWJfMui6vXXBhjDgY4MwslmN/TJxVe/83WrFomwmNf056y1X48F9c4m3a3ozXAIxAKjRay5/aj/jsKKGIkmQatjI8uupHr/+CxFvaJWmpYqNkLDGRU+9orzh5hI2RrcuaQ==',
  },
  {
    subject: '302a31153013060355040a130c73696773746f72652e6465763111300f0603550403130873696773746f7265',
    format: 'x509',
    purpose: 'reference-values',
    holder: 'sigstore (certificates)',
    country: '',
    scope: 'certificates',
    source: TRUST_ROOT_SOURCE,
    spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE+13hU+K29z0BsEuCGo7S5N/zpZ6YGp4GgXJWKbGAa+YvuMpwdO3Hm9yz9DiDmXcXsV+vXOYlbsiUUPh89OcovlBd7gVgJR6YkubIdPh9hhxO0l65NRAuZtU69fS/YIPd',
    spkiSha256: 'fef4e9beb17faa47735277cca7633ae5e670b8d83dce91508342397148f4e13a',
    sha256: '3ba7b6cc4e95469d4d334b49cb257ad8537076fa84b0ca87ff4ecfe6a54680c1',
    certificate:
      'MIIB9zCCAXygAwIBAgIUALZNAPFdxHPwjeDloDwyYChAO/4wCgYIKoZIzj0EAwMwKjEVMBMGA1UEChMMc2lnc3RvcmUuZGV2MREwDwYDVQQDEwhzaWdzdG9yZTAeFw0yMTEwMDcxMzU2NTlaFw0zMTEwMDUxMzU2NThaMCoxFTATBgNVBAoTDHNpZ3N0b3JlLmRldjERMA8GA1UEAxMIc2lnc3RvcmUwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAAT7XeFT4rb3PQGwS4IajtLk3/OlnpgangaBclYpsYBr5i+4ynB07ceb3LP0OIOZdxexX69c5iVuyJRQ+Hz05yi+UF3uBWAlHpiS5sh0+H2GHE7SXrk1EC5m1Tr19L9gg92jYzBhMA4GA1UdDwEB/wQEAwIBBjAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBRYwB5fkUWlZql6zJChkyLQKsXF+jAfBgNVHSMEGDAWgBRYwB5fkUWlZql6zJChkyLQKsXF+jAKBggqhkjOPQQDAwNpADBmAjEAj1nHeXZp+13NWBNa+EDsDP8G1WWg1tCMWP/WHPqpaVo0jhsweNFZgSs0eE7wYI4qAjEA2WB9ot98sIkoF3vZYdd3/VtWB5b9TNMea7Ix/stJ5TfcLLeABLE4BNJOsQ4vnBHJ',
  },
  {
    subject:
      '303931153013060355040a130c73696773746f72652e6465763120301e0603550403131773696773746f72652d7473612d73656c667369676e6564',
    format: 'x509',
    purpose: 'reference-values',
    holder: 'sigstore (time stamps)',
    country: '',
    scope: 'timestamps',
    source: TRUST_ROOT_SOURCE,
    spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEFEDbX0U/6Lt2AE2usAf5Ck3u9HHycMkSAaLzJ7fEXCaYfwjhPNrskuhZqaSyy9VQTxnD36UD2CTV81sIvInMISkOlv0Htod6HmwW9hR6cDSQ6qPkzGgv7XX5L/xJSQe9',
    spkiSha256: 'c0f1eaa45f3920c6ebec22a3a8865a116b04aabb54eb2a2f5c05a626f58ea46b',
    sha256: '2aca8fea5d3ce48b01cc77076293c280e6c23ffe44034757ee7833ca9f45d633',
    certificate:
      'MIIB9zCCAXygAwIBAgIUV7f0GLDOoEzIh8LXSW80OJiUp14wCgYIKoZIzj0EAwMwOTEVMBMGA1UEChMMc2lnc3RvcmUuZGV2MSAwHgYDVQQDExdzaWdzdG9yZS10c2Etc2VsZnNpZ25lZDAeFw0yNTA0MDgwNjU5NDNaFw0zNTA0MDYwNjU5NDNaMDkxFTATBgNVBAoTDHNpZ3N0b3JlLmRldjEgMB4GA1UEAxMXc2lnc3RvcmUtdHNhLXNlbGZzaWduZWQwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAAQUQNtfRT/ou3YATa6wB/kKTe70cfJwyRIBovMnt8RcJph/COE82uyS6FmppLLL1VBPGcPfpQPYJNXzWwi8icwhKQ6W/Qe2h3oebBb2FHpwNJDqo+TMaC/tdfkv/ElJB72jRTBDMA4GA1UdDwEB/wQEAwIBBjASBgNVHRMBAf8ECDAGAQH/AgEAMB0GA1UdDgQWBBSY7AHvf7tR/9SVHm+KiJhTB4nOvzAKBggqhkjOPQQDAwNpADBmAjEAwGEGrfGZR1cen1R8/DTVMI943LssZmJRtDp/i7SfGHmGRP6gRbuj9vOK3b67Z0QQAjEAuT2H673LQEaHTcyQSZrkp4mX7WwkmF+sVbkYY5mXN+RMH13KUEHHOqASaemYWK/E',
  },
  ...PINNED_KEYS.map(({ role, name, spki, id }): TrustAnchor => ({
    subject: '',
    format: 'raw-key',
    purpose: 'reference-values',
    holder: name,
    country: '',
    scope: role,
    source: TRUST_ROOT_SOURCE,
    spki,
    spkiSha256: SPKI_SHA256[id] ?? id,
    sha256: SPKI_SHA256[id] ?? id,
  })),
  demoAuthority,
  ...demoKeys,
]
