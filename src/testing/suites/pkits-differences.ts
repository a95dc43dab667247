import type { Differences } from './compare.ts'

/** Where we differ from NIST PKITS on purpose: all of it valid there and refused here. Nothing that the suite refuses is accepted. */
export const PKITS_DIFFERENCES: Differences = {
  // DSA is no algorithm of attestation evidence (2)
  '40104_valid_dsa_signatures_test4': 'DSA is no algorithm of attestation evidence',
  '40105_valid_dsa_parameter_inheritance_test5': 'DSA is no algorithm of attestation evidence',
  // a delta list clears nobody (1)
  '41505_valid_deltacrl_test5': 'a delta list clears nobody',
  // a list for some certificates only, or an indirect one, clears nobody (14)
  '41401_valid_distributionpoint_test1': 'a list for some certificates only, or an indirect one, clears nobody',
  '41404_valid_distributionpoint_test4': 'a list for some certificates only, or an indirect one, clears nobody',
  '41405_valid_distributionpoint_test5': 'a list for some certificates only, or an indirect one, clears nobody',
  '41407_valid_distributionpoint_test7': 'a list for some certificates only, or an indirect one, clears nobody',
  '41413_valid_onlycontainscacerts_crl_test13': 'a list for some certificates only, or an indirect one, clears nobody',
  '41418_valid_onlysomereasons_test18': 'a list for some certificates only, or an indirect one, clears nobody',
  '41419_valid_onlysomereasons_test19': 'a list for some certificates only, or an indirect one, clears nobody',
  '41422_valid_idp_with_indirectcrl_test22': 'a list for some certificates only, or an indirect one, clears nobody',
  '41424_valid_idp_with_indirectcrl_test24': 'a list for some certificates only, or an indirect one, clears nobody',
  '41425_valid_idp_with_indirectcrl_test25': 'a list for some certificates only, or an indirect one, clears nobody',
  '41428_valid_crlissuer_test28': 'a list for some certificates only, or an indirect one, clears nobody',
  '41429_valid_crlissuer_test29': 'a list for some certificates only, or an indirect one, clears nobody',
  '41430_valid_crlissuer_test30': 'a list for some certificates only, or an indirect one, clears nobody',
  '41433_valid_crlissuer_test33': 'a list for some certificates only, or an indirect one, clears nobody',
  // a list must be signed by the key that issued the certificate; rollovers and separate list keys are refused (5)
  '40419_valid_separate_certificate_and_crl_keys_test19':
    'a list must be signed by the key that issued the certificate; rollovers and separate list keys are refused',
  '40501_valid_basic_self_issued_old_with_new_test1':
    'a list must be signed by the key that issued the certificate; rollovers and separate list keys are refused',
  '40503_valid_basic_self_issued_new_with_old_test3':
    'a list must be signed by the key that issued the certificate; rollovers and separate list keys are refused',
  '40504_valid_basic_self_issued_new_with_old_test4':
    'a list must be signed by the key that issued the certificate; rollovers and separate list keys are refused',
  '40506_valid_basic_self_issued_crl_signing_key_test6':
    'a list must be signed by the key that issued the certificate; rollovers and separate list keys are refused',
  // an authority as leaf is refused unless the profile allows it (4)
  '40608_valid_pathlenconstraint_test8': 'an authority as leaf is refused unless the profile allows it',
  '40614_valid_pathlenconstraint_test14': 'an authority as leaf is refused unless the profile allows it',
  '40615_valid_self_issued_pathlenconstraint_test15': 'an authority as leaf is refused unless the profile allows it',
  '40617_valid_self_issued_pathlenconstraint_test17': 'an authority as leaf is refused unless the profile allows it',
  // an authority whose basicConstraints are not critical is refused unless the vendor’s profile allows it (1)
  '40604_valid_basicconstraints_not_critical_test4':
    'an authority whose basicConstraints are not critical is refused unless the vendor’s profile allows it',
  // name constraints are refused, not evaluated (16)
  'ValidDNSnameConstraintsTest30EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNSnameConstraintsTest32EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNandRFC822nameConstraintsTest27EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNnameConstraintsTest11EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNnameConstraintsTest14EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNnameConstraintsTest18EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNnameConstraintsTest19EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNnameConstraintsTest1EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNnameConstraintsTest4EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNnameConstraintsTest5EE.crt': 'name constraints are refused, not evaluated',
  'ValidDNnameConstraintsTest6EE.crt': 'name constraints are refused, not evaluated',
  'ValidRFC822nameConstraintsTest21EE.crt': 'name constraints are refused, not evaluated',
  'ValidRFC822nameConstraintsTest23EE.crt': 'name constraints are refused, not evaluated',
  'ValidRFC822nameConstraintsTest25EE.crt': 'name constraints are refused, not evaluated',
  'ValidURInameConstraintsTest34EE.crt': 'name constraints are refused, not evaluated',
  'ValidURInameConstraintsTest36EE.crt': 'name constraints are refused, not evaluated',
  // names are equal by their bytes only; RFC 5280 7.1 would fold case, spaces and string types (5)
  '40303_valid_name_chaining_whitespace_test3':
    'names are equal by their bytes only; RFC 5280 7.1 would fold case, spaces and string types',
  '40304_valid_name_chaining_whitespace_test4':
    'names are equal by their bytes only; RFC 5280 7.1 would fold case, spaces and string types',
  '40305_valid_name_chaining_capitalization_test5':
    'names are equal by their bytes only; RFC 5280 7.1 would fold case, spaces and string types',
  '40310_valid_rollover_from_printablestring_to_utf8string_test10':
    'names are equal by their bytes only; RFC 5280 7.1 would fold case, spaces and string types',
  '40311_valid_utf8string_case_insensitive_match_test11':
    'names are equal by their bytes only; RFC 5280 7.1 would fold case, spaces and string types',
  // policy extensions that limit a path are refused, not evaluated (25)
  '40806_overlapping_policies_test3': 'policy extensions that limit a path are refused, not evaluated',
  '40810_all_certificates_same_policies_test10': 'policy extensions that limit a path are refused, not evaluated',
  '40811_all_certificates_any_policy_test10': 'policy extensions that limit a path are refused, not evaluated',
  '40813_all_certificates_same_policies_test13': 'policy extensions that limit a path are refused, not evaluated',
  '40814_any_policy_test14': 'policy extensions that limit a path are refused, not evaluated',
  '40901_valid_require_explicit_policy_test1': 'policy extensions that limit a path are refused, not evaluated',
  '40902_valid_require_explicit_policy_test2': 'policy extensions that limit a path are refused, not evaluated',
  '40904_valid_require_explicit_policy_test4': 'policy extensions that limit a path are refused, not evaluated',
  '40906_valid_self_issued_require_explicit_policy_test6':
    'policy extensions that limit a path are refused, not evaluated',
  '41009_valid_policy_mapping_test9': 'policy extensions that limit a path are refused, not evaluated',
  '41011_valid_policy_mapping_test11': 'policy extensions that limit a path are refused, not evaluated',
  '41013_valid_policy_mapping_test13': 'policy extensions that limit a path are refused, not evaluated',
  '41014_valid_policy_mapping_test14': 'policy extensions that limit a path are refused, not evaluated',
  '41102_valid_inhibit_policy_mapping_test2': 'policy extensions that limit a path are refused, not evaluated',
  '41104_valid_inhibit_policy_mapping_test4': 'policy extensions that limit a path are refused, not evaluated',
  '41107_valid_self_issued_inhibit_policy_mapping_test7':
    'policy extensions that limit a path are refused, not evaluated',
  '41202_valid_inhibit_any_policy_test2': 'policy extensions that limit a path are refused, not evaluated',
  '41203_inhibit_any_policy_test3': 'policy extensions that limit a path are refused, not evaluated',
  '41207_valid_self_issued_inhibit_any_policy_test7': 'policy extensions that limit a path are refused, not evaluated',
  '41209_valid_self_issued_inhibit_any_policy_test9': 'policy extensions that limit a path are refused, not evaluated',
  'ValidPolicyMappingTest12EE.crt': 'policy extensions that limit a path are refused, not evaluated',
  'ValidPolicyMappingTest1EE.crt': 'policy extensions that limit a path are refused, not evaluated',
  'ValidPolicyMappingTest3EE.crt': 'policy extensions that limit a path are refused, not evaluated',
  'ValidPolicyMappingTest5EE.crt': 'policy extensions that limit a path are refused, not evaluated',
  'ValidPolicyMappingTest6EE.crt': 'policy extensions that limit a path are refused, not evaluated',
}
