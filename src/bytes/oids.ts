/** Names that specifications give to object identifiers. */
const NAMES: Readonly<Record<string, string>> = {
  // Attribute types
  '2.5.4.3': 'commonName', '2.5.4.4': 'surname', '2.5.4.5': 'serialNumber', '2.5.4.6': 'countryName', '2.5.4.7': 'localityName', '2.5.4.8': 'stateOrProvinceName', '2.5.4.9': 'streetAddress',
  '2.5.4.10': 'organizationName', '2.5.4.11': 'organizationalUnitName', '2.5.4.12': 'title', '2.5.4.13': 'description', '2.5.4.17': 'postalCode', '2.5.4.42': 'givenName', '2.5.4.43': 'initials', '2.5.4.44': 'generationQualifier',
  '2.5.4.46': 'dnQualifier', '2.5.4.65': 'pseudonym', '2.5.4.97': 'organizationIdentifier', '0.9.2342.19200300.100.1.1': 'userId', '0.9.2342.19200300.100.1.25': 'domainComponent', '1.2.840.113549.1.9.1': 'emailAddress',
  // Extensions
  '2.5.29.9': 'subjectDirectoryAttributes', '2.5.29.14': 'subjectKeyIdentifier', '2.5.29.15': 'keyUsage', '2.5.29.16': 'privateKeyUsagePeriod', '2.5.29.17': 'subjectAltName', '2.5.29.18': 'issuerAltName', '2.5.29.19': 'basicConstraints',
  '2.5.29.20': 'cRLNumber', '2.5.29.21': 'reasonCode', '2.5.29.23': 'holdInstructionCode', '2.5.29.24': 'invalidityDate', '2.5.29.27': 'deltaCRLIndicator', '2.5.29.28': 'issuingDistributionPoint', '2.5.29.29': 'certificateIssuer', '2.5.29.30': 'nameConstraints',
  '2.5.29.31': 'cRLDistributionPoints', '2.5.29.32': 'certificatePolicies', '2.5.29.32.0': 'anyPolicy', '2.5.29.33': 'policyMappings', '2.5.29.35': 'authorityKeyIdentifier', '2.5.29.36': 'policyConstraints', '2.5.29.37': 'extKeyUsage', '2.5.29.37.0': 'anyExtendedKeyUsage',
  '2.5.29.46': 'freshestCRL', '2.5.29.54': 'inhibitAnyPolicy', '1.3.6.1.5.5.7.1.1': 'authorityInfoAccess', '1.3.6.1.5.5.7.1.3': 'qcStatements', '1.3.6.1.5.5.7.1.11': 'subjectInfoAccess', '1.3.6.1.5.5.7.1.24': 'tlsFeature', '1.3.6.1.4.1.11129.2.4.2': 'signedCertificateTimestampList',
  '2.16.840.1.113730.1.1': 'netscapeCertType', '2.16.840.1.113730.1.13': 'netscapeComment', '1.3.6.1.4.1.311.20.2': 'certificateTemplateName', '1.3.6.1.4.1.311.21.1': 'cAVersion', '1.3.6.1.4.1.311.21.2': 'previousCertHash', '1.3.6.1.4.1.311.21.7': 'certificateTemplate', '1.3.6.1.4.1.311.21.10': 'applicationPolicies',
  '2.23.133.2.1': 'tpmManufacturer', '2.23.133.2.2': 'tpmModel', '2.23.133.2.3': 'tpmVersion', '2.23.133.2.16': 'tpmSpecification', '2.23.133.2.18': 'tpmSecurityAssertions',
  '2.23.133.5.4.1': 'tcg-dice-TcbInfo', '2.23.133.5.4.4': 'tcg-dice-Ueid', '2.23.133.5.4.5': 'tcg-dice-MultiTcbInfo', '2.23.133.5.4.9': 'tcg-dice-conceptual-message-wrapper',
  // Extended key usages and access methods
  '1.3.6.1.5.5.7.3.1': 'serverAuth', '1.3.6.1.5.5.7.3.2': 'clientAuth', '1.3.6.1.5.5.7.3.3': 'codeSigning', '1.3.6.1.5.5.7.3.4': 'emailProtection', '1.3.6.1.5.5.7.3.8': 'timeStamping', '1.3.6.1.5.5.7.3.9': 'OCSPSigning', '2.23.133.8.1': 'tcg-kp-EKCertificate', '2.23.133.8.3': 'tcg-kp-AIKCertificate',
  '2.23.133.5.4.100.6': 'tcg-dice-kp-identityInit', '2.23.133.5.4.100.8': 'tcg-dice-kp-attestInit', '2.23.133.5.4.100.9': 'tcg-dice-kp-attestLoc', '2.23.133.5.4.100.12': 'tcg-dice-kp-eca', '1.3.6.1.5.5.7.48.1': 'ocsp', '1.3.6.1.5.5.7.48.2': 'caIssuers', '1.3.6.1.5.5.7.2.1': 'cps', '1.3.6.1.5.5.7.2.2': 'userNotice',
  // Keys and curves
  '1.2.840.10045.2.1': 'id-ecPublicKey', '1.2.840.113549.1.1.1': 'rsaEncryption', '1.3.101.110': 'X25519', '1.3.101.112': 'Ed25519', '1.3.101.113': 'Ed448', '1.2.840.10045.3.1.1': 'secp192r1', '1.3.132.0.33': 'secp224r1', '1.2.840.10045.3.1.7': 'secp256r1 (P-256)', '1.3.132.0.34': 'secp384r1 (P-384)', '1.3.132.0.35': 'secp521r1 (P-521)',
  '1.3.132.0.10': 'secp256k1', '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1', '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1', '1.2.156.10197.1.301': 'SM2',
  // Signature algorithms
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1', '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224', '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256', '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384', '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption', '1.2.840.113549.1.1.4': 'md5WithRSAEncryption', '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption', '1.2.840.113549.1.1.8': 'id-mgf1', '1.2.840.113549.1.1.10': 'id-RSASSA-PSS',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption', '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption', '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption', '1.2.156.10197.1.501': 'sm2-with-SM3',
  // Digests
  '1.2.840.113549.2.5': 'MD5', '1.3.14.3.2.26': 'SHA-1', '2.16.840.1.101.3.4.2.1': 'SHA-256', '2.16.840.1.101.3.4.2.2': 'SHA-384', '2.16.840.1.101.3.4.2.3': 'SHA-512', '1.2.156.10197.1.401': 'SM3',
  // Cryptographic messages
  '1.2.840.113549.1.7.1': 'id-data', '1.2.840.113549.1.7.2': 'id-signedData', '1.2.840.113549.1.9.3': 'contentType', '1.2.840.113549.1.9.4': 'messageDigest', '1.2.840.113549.1.9.5': 'signingTime', '1.2.840.113549.1.9.14': 'extensionRequest',
  // Vendors
  '1.2.840.113741.1.13.1': 'Intel SGX extensions', '1.3.6.1.4.1.3704.1.1': 'AMD structVersion', '1.3.6.1.4.1.3704.1.2': 'AMD productName', '1.3.6.1.4.1.3704.1.3': 'AMD TCB', '1.3.6.1.4.1.3704.1.4': 'AMD hwID', '1.3.6.1.4.1.11129.2.1.17': 'Android KeyDescription',
}

/** The specification's name of an OID, when there is one in the list. */
export function oidName(oid: string): string | undefined {
  return Object.hasOwn(NAMES, oid) ? NAMES[oid] : undefined
}
