import type { TrustAnchor } from '../../core/scheme.ts'
import { demoAnchor } from './demo-anchor.ts'

/** AWS Nitro Enclaves root G1, 2019-10-28 to 2049-10-28: the commercial partition. The same root signs for instances with NitroTPM. Each partition has a root of its own; that of the China partition was not found published. */
export const awsRootG1: TrustAnchor = {
  subject:
    '3049310b3009060355040613025553310f300d060355040a0c06416d617a6f6e310c300a060355040b0c03415753311b301906035504030c126177732e6e6974726f2d656e636c61766573',
  spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE/AJU66YIwfNocOKa2pC+RjgyknNuiUv/9nLZiURLUFHlNKSx9tvjwLxYGjK3sXYHDt4S1po/6iEbZudSz33R3QlfbxNw9BcIQ9ncEAEh5M9jASgJZkSHyXlihDBNxT/0',
  format: 'x509',
  purpose: 'evidence',
  holder: 'AWS',
  country: 'US',
  sha256: '641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b',
  spkiSha256: 'f2caf5ecc6190b4a8399b78bc58a2bbcd0382375db8a1bfd78a82743874fd225',
  source: 'https://aws-nitro-enclaves.amazonaws.com/AWS_NitroEnclaves_Root-G1.zip',
  certificate:
    'MIICETCCAZagAwIBAgIRAPkxdWgbkK/hHUbMtOTn+FYwCgYIKoZIzj0EAwMwSTELMAkGA1UEBhMCVVMxDzANBgNVBAoMBkFtYXpvbjEMMAoGA1UECwwDQVdTMRswGQYDVQQDDBJhd3Mubml0cm8tZW5jbGF2ZXMwHhcNMTkxMDI4MTMyODA1WhcNNDkxMDI4MTQyODA1WjBJMQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMQwwCgYDVQQLDANBV1MxGzAZBgNVBAMMEmF3cy5uaXRyby1lbmNsYXZlczB2MBAGByqGSM49AgEGBSuBBAAiA2IABPwCVOumCMHzaHDimtqQvkY4MpJzbolL//Zy2YlES1BR5TSksfbb48C8WBoyt7F2Bw7eEtaaP+ohG2bnUs990d0JX28TcPQXCEPZ3BABIeTPYwEoCWZEh8l5YoQwTcU/9KNCMEAwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUkCW1DdkFR+eWw5b6cp3PmanfS5YwDgYDVR0PAQH/BAQDAgGGMAoGCCqGSM49BAMDA2kAMGYCMQCjfy+Rocm9Xue4YnwWmNJVA44fA0P5W2OpYow9OYCVRaEevL8uO1XYru5xtMPWrfMCMQCi85sWBbJwKKXdS6BptQFuZbT73o/gBh1qUxl/nNr12UO8Yfwr6wPLb+6NIwLz3/Y=',
  scope: 'Nitro Enclaves, NitroTPM',
}

/** Root of the GovCloud (US) partition, 2020-09-10 to 2050-09-10, as AWS prints it in the GovCloud user guide. */
export const awsRootGovCloud: TrustAnchor = {
  subject:
    '3050310b3009060355040613025553310f300d060355040a0c06416d617a6f6e310c300a060355040b0c034157533122302006035504030c196177732d75732d676f762e6e6974726f2d656e636c61766573',
  spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAELORElxlXHtKDbJdeSXQ2qP2jUQJk0CHQvz/3QBNlcBpLWvEDW2LUXfATzo8ayHZSJAhheIy7zWXmQ7vvvmA+4uyBhwYw78nS3TwEcjyzf4maPFOUD79TICoSaPt8PkJs',
  format: 'x509',
  purpose: 'evidence',
  holder: 'AWS GovCloud (US)',
  country: 'US',
  sha256: '20bcd30a3e168ea03789e1c45912bc123c4de3c977b8a6e1c125c7929d668b3b',
  spkiSha256: '84e3c3bd8c64049f77e40a07ec988b76a55179f299b57eaefa520844dc67fae5',
  source: 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-ec2.html',
  certificate:
    'MIICIDCCAaWgAwIBAgIQP+wUYfyWFFRko9PR00zhZzAKBggqhkjOPQQDAzBQMQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMQwwCgYDVQQLDANBV1MxIjAgBgNVBAMMGWF3cy11cy1nb3Yubml0cm8tZW5jbGF2ZXMwIBcNMjAwOTEwMTIwMzQ2WhgPMjA1MDA5MTAxMzAzNDZaMFAxCzAJBgNVBAYTAlVTMQ8wDQYDVQQKDAZBbWF6b24xDDAKBgNVBAsMA0FXUzEiMCAGA1UEAwwZYXdzLXVzLWdvdi5uaXRyby1lbmNsYXZlczB2MBAGByqGSM49AgEGBSuBBAAiA2IABCzkRJcZVx7Sg2yXXkl0Nqj9o1ECZNAh0L8/90ATZXAaS1rxA1ti1F3wE86PGsh2UiQIYXiMu81l5kO7775gPuLsgYcGMO/J0t08BHI8s3+JmjxTlA+/UyAqEmj7fD5CbKNCMEAwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUUKIzFk2FAlhihuQexsqOxZ5ZjF0wDgYDVR0PAQH/BAQDAgGGMAoGCCqGSM49BAMDA2kAMGYCMQD9bO9epcf5kMSdsHcyNJXs4bo07wvTIOwnxN41t5eESDyXtUei++RebAbI9Viap2gCMQC7PVZ6Kpg0+N9k+DDpksoJv7gx6YwCqKsmTfU/WigyQlpyJUrWapqk0afDA4lef14=',
  scope: 'Nitro Enclaves in GovCloud (US)',
}

export const anchors: readonly TrustAnchor[] = [awsRootG1, awsRootGovCloud, demoAnchor]
