import { monitorEventLoopDelay } from 'node:perf_hooks'

/** What a process that this was preloaded into says when it is asked: milliseconds between two turns of its loop. */
export interface LoopSaid {
  readonly longestMs: number
  readonly p99Ms: number
}
export const ASK_LOOP = 'how long were the turns?'

const turns = monitorEventLoopDelay({ resolution: 1 })
turns.enable()
process.on('message', (message) => {
  if (message !== ASK_LOOP) return
  process.send?.({ longestMs: turns.max / 1e6, p99Ms: turns.percentile(99) / 1e6 } satisfies LoopSaid)
  turns.reset()
})
