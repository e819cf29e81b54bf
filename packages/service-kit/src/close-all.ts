type Step = () => Promise<unknown>

/**
 * Closes the last that was opened first, each only when those that need it are closed. One that fails stops no other.
 * @throws AggregateError of all failures, after every step was taken.
 */
export async function closeAll(steps: readonly Step[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps.toReversed()) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  refuse(failures)
}

/** Closes what stands side by side. @throws AggregateError of all failures, after every step came to its end. */
export async function closeTogether(steps: readonly Step[]): Promise<void> {
  const ends = await Promise.allSettled(steps.map(async (step) => step()))
  refuse(ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])))
}

function refuse(failures: readonly unknown[]): void {
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts did not close cleanly`)
}
