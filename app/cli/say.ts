/** Writes to stdout and waits until it is taken. */
export async function say(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((done) => process.stdout.once('drain', done))
}
