declare const __ENGINE_VERSION__: string | undefined

/** Version and commit, set by the build; `dev` where nothing was built (tests). */
export const ENGINE_VERSION: string = typeof __ENGINE_VERSION__ === 'string' ? __ENGINE_VERSION__ : 'dev'
