import { zh as checks } from './texts-checks.zh.ts'
import { zh as fields } from './texts-fields.zh.ts'
import { zh as reasons } from './texts-reasons.zh.ts'
import { zh as recipe } from './texts-recipe.zh.ts'
import { zh as samples } from './texts-samples.zh.ts'

/** Everything that this scheme says, in Chinese. */
export const zh = { ...fields, ...checks, ...reasons, ...samples, ...recipe }
