/** The PostgreSQL channel that wakes a service's relay (`outbox`) or its replays (`replay`): a nudge, not the guarantee. */
export const WAKE_CHANNEL = 'satuanak_messaging'

/** A wait that a nudge cuts short. A nudge that comes while nobody waits is kept for the next wait. */
export interface Wake {
  nudge(): void
  wait(ms: number): Promise<void>
}

export function createWake(): Wake {
  let nudged = false
  let end: (() => void) | undefined
  return {
    nudge() {
      nudged = true
      end?.()
    },
    async wait(ms) {
      if (!nudged) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          end = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      end = undefined
      nudged = false
    },
  }
}
