import { en as checks } from './texts-checks.en.ts'
import { en as fields } from './texts-fields.en.ts'
import { en as reasons } from './texts-reasons.en.ts'
import { en as recipe } from './texts-recipe.en.ts'
import { en as samples } from './texts-samples.en.ts'

/** Everything that this scheme says. */
export const en = { ...fields, ...checks, ...reasons, ...samples, ...recipe }
