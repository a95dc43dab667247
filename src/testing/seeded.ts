import fc from 'fast-check'

/**
 * Property tests with the same cases at every run, so that a red run has a reason: the change that was made. New cases are looked for by `npm run soak`, whose finds are kept as cases of their own.
 * Tests take `fc` from here; the architecture test refuses the package elsewhere.
 */
if (process.env['SOAK'] !== '1') fc.configureGlobal({ seed: 20_261_129 })

export { fc }
