/** Written while the page is built, see `app/cli/examples-build.mjs`. */
declare module 'virtual:examples' {
  const list: unknown
  export default list
}
declare module 'virtual:featured' {
  const list: unknown
  export default list
}
