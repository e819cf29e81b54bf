import cluster from 'node:cluster'

/** What the primary says to a worker when another has taken its place. */
export const RETIRE = 'retire'

/** Longer than a client in use leaves a connection idle; one that it does leave so long is closed. */
const HAND_OVER_MS = 5_000

/**
 * In a worker: hands over when it is told to, and then ends by itself. Leaving the cluster waits for the primary's
 * word, so that a connection which was on its way here is refused and goes to another worker.
 */
export function retireWhenTold(gateway: { handOver(ms: number): Promise<void> }): void {
  process.on('message', (message) => {
    if (message === RETIRE) void gateway.handOver(HAND_OVER_MS).then(() => cluster.worker?.disconnect())
  })
}
