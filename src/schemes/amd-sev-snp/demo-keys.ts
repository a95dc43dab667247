import type { Product } from './product.ts'
import keys from './demo-keys.json'

/** Keys for demonstrations, one set for each generation: public on purpose, good for nothing else. */
export interface DemoKeys {
  readonly ark: JsonWebKey
  readonly ask: JsonWebKey
  readonly asvk: JsonWebKey
  readonly vcek: JsonWebKey
  readonly vlek: JsonWebKey
}

export const demoKeys: Readonly<Record<Product, DemoKeys>> = {
  Milan: { ark: keys.arkMilan, ask: keys.askMilan, asvk: keys.asvkMilan, vcek: keys.vcekMilan, vlek: keys.vlekMilan },
  Genoa: { ark: keys.arkGenoa, ask: keys.askGenoa, asvk: keys.asvkGenoa, vcek: keys.vcekGenoa, vlek: keys.vlekGenoa },
  Turin: { ark: keys.arkTurin, ask: keys.askTurin, asvk: keys.asvkTurin, vcek: keys.vcekTurin, vlek: keys.vlekTurin },
}

/** An RSA key that no anchor knows: what an attacker's authority is made with. */
export const foreignAuthority: JsonWebKey = keys.foreign

/** A P-384 key that belongs to no demonstration chip. */
export const foreignChip: JsonWebKey = keys.other
