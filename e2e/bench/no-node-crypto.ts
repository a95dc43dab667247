/** Stands where a peer asks for Node's crypto: without it the peer takes its browser path. */
export {}
