import { pauseUntil, type SiakAnswer } from './domain.ts'
import { type Siak, SiakAway, SiakQuotaExhausted } from './port.ts'
import type { Claim, Outcome } from './repository.ts'

/** Questions on their way to the register at one time. */
const AT_ONCE = 32

/**
 * Asks the register what was claimed, and stops at its first fault. Never throws: a fault is an outcome, and what was
 * not asked is given back. A question that ended in an unknown fault may have been counted, so it is not given back: it
 * waits for the next day.
 */
export async function askTheRegister(siak: Siak, claims: readonly (Claim & { readonly nik: string })[]) {
  const answers: { readonly claim: Claim; readonly nik: string; readonly answer: SiakAnswer }[] = []
  const unasked: Claim[] = []
  const queue = claims.values()
  let fault: unknown = null
  const work = async (): Promise<void> => {
    for (const { nik, ...claim } of queue) {
      if (fault !== null) {
        unasked.push(claim)
        continue
      }
      try {
        answers.push({ claim, nik, answer: await siak.lookUp(nik) })
      } catch (error) {
        fault ??= error
        if (error instanceof SiakAway || error instanceof SiakQuotaExhausted) unasked.push(claim)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { answers, unasked, fault }
}

/** What a round with the register does to the rest of the day. */
export function outcomeOf(fault: unknown, answered: number, failures: number, now: Temporal.Instant): Outcome {
  if (fault instanceof SiakQuotaExhausted) return { exhausted: true, failures: 0, awayUntil: null }
  if (fault === null || answered > 0) return { exhausted: false, failures: 0, awayUntil: null }
  return { exhausted: false, failures: failures + 1, awayUntil: pauseUntil(failures + 1, now) }
}
