import type { en } from './texts.en.ts'

export const zh = {} satisfies Record<keyof typeof en, string>
