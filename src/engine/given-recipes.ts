import { fromHex, isZero, toHex } from '../bytes/layout.ts'
import type { Policy } from '../core/policy.ts'
import type { TextId } from '../core/saying.ts'
import type { CaseItem } from '../core/scheme.ts'
import { madeOfValue, type Made } from './recipes.ts'

/** What published recipes make of the reader's values, by the value's name in the policy. */
export interface GivenRecipes {
  readonly reportData: readonly Made[]
  readonly nonce: readonly Made[]
}

export async function givenRecipes(policy: Policy): Promise<GivenRecipes> {
  const made = async (given: string | undefined) => {
    const value = given === undefined ? undefined : fromHex(given)
    return value && value.length > 0 && value.length <= 65_536 ? madeOfValue(value) : []
  }
  return { reportData: await made(policy.reportData), nonce: await made(policy.nonce) }
}

/** Files whose SHA-256 is the subject's user data, zeros behind: Azure's runtime data is one. */
export function committedBy(subject: CaseItem, items: readonly CaseItem[]): readonly CaseItem[] {
  return hashedBy(subject, items, (item) => item.facts.userData !== undefined)
}

/** `isMeant` before any digest: hashing every file for nothing would be most of the work. */
function hashedBy(
  subject: CaseItem,
  items: readonly CaseItem[],
  isMeant: (item: CaseItem) => boolean,
): readonly CaseItem[] {
  const field = subject.facts.userData?.value
  if (!field || field.length < 32 || !isZero(field.subarray(32)) || isZero(field)) return []
  const hash = toHex(field.subarray(0, 32))
  return items.filter((item) => isMeant(item) && item.sha256() === hash)
}

/** What a report cannot show whose user data commit to words of a paravisor: its registers describe that, and not the guest. */
export function paravisorLimits(subject: CaseItem, items: readonly CaseItem[]): readonly TextId[] {
  return hashedBy(subject, items, ({ facts }) => facts.isFromParavisor === true).length > 0 ? ['limit.paravisor'] : []
}
