export const en = {
  'format.keystone.report': 'Keystone enclave report (RISC-V)',
  'detect.keystone.shape':
    'A length of 1352 bytes (or a buffer of 2048), a small data length and two signatures where a Keystone report has them. It has no magic.',
  'sample.keystone.report': 'A report of an enclave, with the monitor’s word for it and the device’s word for the monitor.',
  'sample.keystone.guessable':
    'A report of a device that makes the monitor’s key as the published boot code does: all signatures hold, and 256 tries find the key.',
  'sample.keystone.swapped': 'The monitor’s key was exchanged, and the device’s word for the old one kept.',
  'sample.keystone.blank':
    'A report of a board whose boot code handed the monitor nothing: its hash, key and signature are zeros. Zeros are a key, and one for which anybody can sign.',
  'root.holder.Keystone test device key': 'Keystone test device key',
  'root.holder.Keystone demonstration key': 'Keystone demonstration key',
  'node.keystone.device': 'Device key',
  'node.keystone.monitor': 'Security monitor: hash and key',
  'node.keystone.enclave': 'The enclave: hash and data',
  'node.keystone.data': 'The bytes that the program chose',
  'wish.keystone.device':
    'The public key of this device (Ed25519, PEM or JWK) from whoever built it. The one in the report is nobody’s word.',
  'limit.keystone.device':
    'Whose device it is, and whether its key was withdrawn. Keystone leaves device keys to whoever builds the device; none are published but one pair for tests.',
  'limit.keystone.monitor':
    'Whether the security monitor is a good one. Its hash has to be compared with one that you computed from its binary; there are no levels and no versions.',
  'limit.keystone.start':
    'What the enclave did after its start. The hash covers loader, runtime and program as loaded; a report says nothing of debugging.',
  'limit.keystone.unsigned': 'The data array behind the counted length: its bytes are signed by nobody.',

  'field.keystoneReport.enclave': 'What the monitor says of the enclave.',
  'field.keystoneReport.sm': 'What the device says of the monitor; made at boot, the same in every report until the next one.',
  'field.keystoneReport.devPublicKey':
    'The device’s public key. Nothing signs it, so it may be relied on only as far as it is known from elsewhere.',
  'field.keystoneEnclave.hash':
    'SHA3-512 over three sizes and the pages of loader, runtime and program, as they were when the enclave was made.',
  'field.keystoneEnclave.dataLen': 'How many bytes of the array were given by the program and are signed: 0 to 1024.',
  'field.keystoneEnclave.data': 'Bytes that the program chose: a nonce, or a key of its own.',
  'field.keystoneEnclave.unsigned':
    'The rest of the array. Signed by nobody, and not cleared by the monitor: whatever stood in its memory, or what somebody wrote on the way.',
  'field.keystoneEnclave.signature':
    'By the monitor’s key over hash, length and the counted data. Ed25519 with SHA3-512 in the place of SHA-512, so that no common library verifies it.',
  'field.keystoneMonitor.hash': 'SHA3-512 of the monitor’s memory at boot, measured by the boot code.',
  'field.keystoneMonitor.publicKey': 'The monitor’s key, made at boot from the device’s secret and the hash above.',
  'field.keystoneMonitor.signature': 'By the device’s key over the monitor’s hash and key; the same kind of Ed25519.',

  'keystone.unreadable': 'The report is not whole enough to look at this.',
  'keystone.cut': 'The bytes end before the report does.',
  'keystone.data-length': 'The length of the data is {length}, and its array has {most} bytes.',
  'keystone.follows': '{count} bytes stand behind the report.',
  'keystone.no-key': 'These 32 bytes are no public key: no point of the curve has them.',
  'keystone.weak-key': 'The key is of small order: anybody can make signatures that it takes. Fields that were never filled look like this.',
  'keystone.guessable':
    'The monitor’s key is one of 256 that follow from its hash: the device’s secret begins with {byte}, and nothing else of it was used. Anybody can compute the key and sign as this monitor.',

  'keystone.well-formed.question': 'Is the report whole?',
  'keystone.well-formed.holds': 'Every field is there, and the data fits into its array.',
  'keystone.well-formed.fails': 'The report ends early, or its data would not fit.',
  'keystone.well-formed.why': 'A reader that believes a length beyond the array reads something else as data.',
  'keystone.nothing-follows.question': 'Does the file end with the report?',
  'keystone.nothing-follows.holds': 'Nothing stands behind the report.',
  'keystone.nothing-follows.fails': 'More bytes stand behind the report.',
  'keystone.nothing-follows.why':
    'The project’s example hands out a buffer of 2048 bytes with the report at its start. What stands behind it is signed by nobody.',
  'keystone.enclave-signed-by-monitor.question': 'Did the monitor’s key sign exactly this hash and data?',
  'keystone.enclave-signed-by-monitor.holds': 'The monitor’s key signed the enclave’s hash, the length and the counted data.',
  'keystone.enclave-signed-by-monitor.fails': 'The monitor’s key did not sign these bytes.',
  'keystone.enclave-signed-by-monitor.why':
    'Without it anybody could have written hash and data. The monitor’s key counts only with the device’s word for it.',
  'keystone.monitor-signed-by-device.question': 'Did the device’s key sign the monitor’s hash and key?',
  'keystone.monitor-signed-by-device.holds': 'The key that the report names as the device’s signed the monitor’s hash and key.',
  'keystone.monitor-signed-by-device.fails': 'The key that the report names as the device’s did not sign these bytes.',
  'keystone.monitor-signed-by-device.why':
    'It ties the key that signs reports to what was measured at boot. Whether that device is one you know is a question of its own: the report names a key, and anybody can name one.',
  'keystone.monitor-key-not-guessable.question': 'Is the monitor’s key none of the 256 that the published boot code can make for this monitor?',
  'keystone.monitor-key-not-guessable.holds': 'The key is none of the 256 that follow from the monitor’s hash. Other weaknesses were not looked for.',
  'keystone.monitor-key-not-guessable.fails': 'The key is one of 256 that follow from the monitor’s hash.',
  'keystone.monitor-key-not-guessable.why':
    'The boot code means to hash the device’s secret and the monitor’s hash, and hashes one byte of each, because it passes the size of an element for the size of the array. Whoever tries 256 values has the private key.',
  'keystone.not-judged.rest.what': 'The data array behind the counted length.',
  'keystone.not-judged.rest.because': 'Its bytes are signed by nobody, and the monitor does not clear them before it writes the report: anything may stand there.',
} as const
