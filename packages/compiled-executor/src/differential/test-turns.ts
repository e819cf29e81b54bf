const waiting: (() => void)[] = []

/**
 * Waits for a turn of the event loop of one's own, first come, first served. So answers are merged one after the other,
 * in the order in which they were asked for: which of two that differ is last is then the same for both executors.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(next)
  })
}

function next(): void {
  const [first] = waiting
  // Taken off only when its turn is over: what asks meanwhile waits behind it.
  first?.()
  setImmediate(() => {
    waiting.shift()
    if (waiting.length > 0) next()
  })
}
