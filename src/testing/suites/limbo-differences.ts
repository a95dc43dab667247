import type { Differences } from './compare.ts'

/** Where we differ from x509-limbo on purpose: names and rules of the web, which evidence does not have, and what is refused rather than evaluated. */
export const LIMBO_DIFFERENCES: Differences = {
  // AMD’s chip certificates have the serial number 0 (1)
  'rfc5280::serial::zero': 'AMD’s chip certificates have the serial number 0',
  // a purpose of the web; asked for where the profile names one (4)
  'rfc5280::eku::ee-wrong-eku': 'a purpose of the web; asked for where the profile names one',
  'webpki::eku::ee-anyeku': 'a purpose of the web; asked for where the profile names one',
  'webpki::eku::ee-without-eku': 'a purpose of the web; asked for where the profile names one',
  'webpki::eku::root-has-eku': 'a purpose of the web; asked for where the profile names one',
  // a rule of the web about roots; an anchor is known by name and key (5)
  'webpki::aki::root-with-aki-all-fields': 'a rule of the web about roots; an anchor is known by name and key',
  'webpki::aki::root-with-aki-authoritycertissuer': 'a rule of the web about roots; an anchor is known by name and key',
  'webpki::aki::root-with-aki-authoritycertserialnumber':
    'a rule of the web about roots; an anchor is known by name and key',
  'webpki::aki::root-with-aki-missing-keyidentifier':
    'a rule of the web about roots; an anchor is known by name and key',
  'webpki::aki::root-with-aki-ski-mismatch': 'a rule of the web about roots; an anchor is known by name and key',
  // a rule of the web alone (4)
  'webpki::forbidden-dsa-leaf': 'a rule of the web alone',
  'webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf': 'a rule of the web alone',
  'webpki::forbidden-rsa-not-divisible-by-8-in-root': 'a rule of the web alone',
  'webpki::malformed-aia': 'a rule of the web alone',
  // an authority as leaf is refused unless the profile allows it (2)
  'pathlen::validation-ignores-pathlen-in-leaf': 'an authority as leaf is refused unless the profile allows it',
  'rfc5280::ca-as-leaf': 'an authority as leaf is refused unless the profile allows it',
  // key identifiers are the issuer’s duty; they are compared where both are there, and asked for where the profile does (Intel) (5)
  'rfc5280::aki::cross-signed-root-missing-aki':
    'key identifiers are the issuer’s duty; they are compared where both are there, and asked for where the profile does (Intel)',
  'rfc5280::aki::intermediate-missing-aki':
    'key identifiers are the issuer’s duty; they are compared where both are there, and asked for where the profile does (Intel)',
  'rfc5280::aki::leaf-missing-aki':
    'key identifiers are the issuer’s duty; they are compared where both are there, and asked for where the profile does (Intel)',
  'rfc5280::ski::intermediate-missing-ski':
    'key identifiers are the issuer’s duty; they are compared where both are there, and asked for where the profile does (Intel)',
  'rfc5280::ski::root-missing-ski':
    'key identifiers are the issuer’s duty; they are compared where both are there, and asked for where the profile does (Intel)',
  // name constraints are refused, not evaluated (17)
  'rfc5280::nc::excluded-different-constraint-type': 'name constraints are refused, not evaluated',
  'rfc5280::nc::nc-forbids-alternate-chain-ica': 'name constraints are refused, not evaluated',
  'rfc5280::nc::nc-forbids-othername-noop': 'name constraints are refused, not evaluated',
  'rfc5280::nc::nc-permits-email-domain': 'name constraints are refused, not evaluated',
  'rfc5280::nc::nc-permits-email-exact': 'name constraints are refused, not evaluated',
  'rfc5280::nc::nc-permits-email-literal-asterisk-exact-match': 'name constraints are refused, not evaluated',
  'rfc5280::nc::nc-permits-email-literal-double-asterisk': 'name constraints are refused, not evaluated',
  'rfc5280::nc::nc-permits-email-literal-mid-asterisk': 'name constraints are refused, not evaluated',
  'rfc5280::nc::permitted-different-constraint-type': 'name constraints are refused, not evaluated',
  'rfc5280::nc::permitted-dn-match': 'name constraints are refused, not evaluated',
  'rfc5280::nc::permitted-dns-match': 'name constraints are refused, not evaluated',
  'rfc5280::nc::permitted-dns-match-more': 'name constraints are refused, not evaluated',
  'rfc5280::nc::permitted-ipv4-match': 'name constraints are refused, not evaluated',
  'rfc5280::nc::permitted-ipv6-match': 'name constraints are refused, not evaluated',
  'rfc5280::nc::permitted-self-issued': 'name constraints are refused, not evaluated',
  'webpki::nc::nc-permits-dns-san-pattern': 'name constraints are refused, not evaluated',
  'webpki::nc::permitted-dns-match-noncritical': 'name constraints are refused, not evaluated',
  // no host name is asked for: evidence comes from no host (28)
  'rfc5280::san::ip-in-dns': 'no host name is asked for: evidence comes from no host',
  'rfc5280::san::malformed': 'no host name is asked for: evidence comes from no host',
  'rfc5280::san::underscore-dns': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::case-mismatch': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::ipv4-hex-mismatch': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::ipv4-leading-zeros-mismatch': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::ipv6-non-rfc5952-mismatch': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::ipv6-uncompressed-mismatch': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::ipv6-uppercase-mismatch': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::not-in-san': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::punycode-not-in-san': 'no host name is asked for: evidence comes from no host',
  'webpki::cn::utf8-vs-punycode-mismatch': 'no host name is asked for: evidence comes from no host',
  'webpki::san::mismatch-apex-subdomain-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::mismatch-domain-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::mismatch-subdomain-apex-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::mismatch-subdomain-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::no-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::public-suffix-multi-label-wildcard-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::public-suffix-private-namespace-wildcard-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::public-suffix-wildcard-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::san-critical-with-nonempty-subject': 'no host name is asked for: evidence comes from no host',
  'webpki::san::san-wildcard-only': 'no host name is asked for: evidence comes from no host',
  'webpki::san::san-wildcard-only-tld': 'no host name is asked for: evidence comes from no host',
  'webpki::san::unicode-emoji-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::wildcard-embedded-leftmost-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::wildcard-embedded-ulabel-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::wildcard-match-across-labels-san': 'no host name is asked for: evidence comes from no host',
  'webpki::san::wildcard-not-in-leftmost-san': 'no host name is asked for: evidence comes from no host',
  // the limit of depth counts every certificate, self-issued ones too (1)
  'pathlen::max-chain-depth-1-self-issued': 'the limit of depth counts every certificate, self-issued ones too',
}
