/** A panel that is not drawn by then has failed to load; there is nothing to go to. */
const LONGEST_MS = 15_000

/** Waits until a panel is drawn, its code loaded or not, then goes to a place in it; without one, its head is at the top. */
export function reveal(panel: string, then?: () => void): void {
  const started = performance.now()
  const look = () => {
    const drawn = document.getElementById(`panel-${panel}`)
    if (drawn?.querySelector('h2')) {
      if (then) then()
      else drawn.scrollIntoView({ block: 'start' })
    } else if (performance.now() - started < LONGEST_MS) requestAnimationFrame(look)
  }
  // One frame for the address, one for React.
  requestAnimationFrame(() => requestAnimationFrame(look))
}
