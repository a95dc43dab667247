import type { TrustAnchor } from '../../core/scheme.ts'
import { demoAnchor } from './demo-key.ts'

/** A real scheme lists the vendor's published keys here, each with its fingerprint and where it is published. */
export const anchors: readonly TrustAnchor[] = [demoAnchor]
