/** Numbers of SHA-2, worked out and not written down: FIPS 180-4, 4.2.2, 4.2.3 and 5.3 give them as the first bits behind the point of roots of primes. */

function primes(count: number): bigint[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found.map(BigInt)
}

/** The whole part of a root: Newton's steps from above, until they rise. */
function root(value: bigint, power: 2n | 3n): bigint {
  let at = BigInt(Math.ceil(Math.pow(Number(value), 1 / Number(power)) * 1.000001))
  for (;;) {
    const next = ((power - 1n) * at + value / at ** (power - 1n)) / power
    if (next >= at) return at
    at = next
  }
}

/** 64 bits behind the point, each number as its two halves. */
function words(values: readonly bigint[], power: 2n | 3n): Int32Array {
  return Int32Array.from(
    values.flatMap((value) => {
      const bits = root(value << (64n * power), power)
      return [Number(BigInt.asIntN(32, bits >> 32n)), Number(BigInt.asIntN(32, bits))]
    }),
  )
}

/** For each of the rounds of SHA-512, upper half before lower. SHA-256 has the upper halves of the first 64. */
export const ROUNDS = words(primes(80), 3n)
/** Where SHA-512 starts; SHA-256 has the upper halves. */
export const START_512 = words(primes(8), 2n)
/** Where SHA-384 starts. */
export const START_384 = words(primes(16).slice(8), 2n)
/** The upper halves. */
export const upper = (numbers: Int32Array): Int32Array => numbers.filter((_, i) => i % 2 === 0)
