import type { Job } from '@satuanak/service-kit'
import type { RegistryApp } from '../app.ts'
import { findChildFiles } from '../identity/find-child-files.ts'
import { heldNiks } from '../identity/held-niks.ts'
import { correctInSiak } from '../siak/broker.ts'
import { changesOf, type SiakCorrection } from './domain.ts'
import { findCorrections, findWaiting, settleCorrectionInTx } from './repository.ts'

const STEP = 50
const EVERY = 60_000

/**
 * Sends corrections that wait to SIAK, in order. A correction may be sent twice where a process dies in between: SIAK
 * is told the same again, which changes nothing.
 * @returns false where SIAK is away: the rest waits.
 */
export async function sendCorrections(app: RegistryApp, ids: readonly string[]): Promise<boolean> {
  const waiting = (await findCorrections(app.db, ids)).filter(({ state }) => state === 'MENUNGGU')
  const files = await findChildFiles(app, app.db, [...new Set(waiting.map(({ childId }) => childId))])
  const niks = await heldNiks(app, files)
  for (const correction of waiting) {
    const person = files.get(correction.childId)?.persons[0]
    const nik = niks.get(correction.childId)
    const outcome =
      person && nik ? await send(app, correction, nik, person) : ({ state: 'TIDAK_DAPAT', source: null } as const)
    if (outcome === 'AWAY') return false
    await app.inTransaction((tx) => settleCorrectionInTx(tx, correction.id, outcome, app.now()))
  }
  return true
}

async function send(
  app: RegistryApp,
  { fields, aktaNumber }: SiakCorrection,
  nik: string,
  person: Parameters<typeof changesOf>[0],
) {
  const answer = await correctInSiak(app, nik, changesOf(person, fields), aktaNumber)
  if (answer === 'AWAY') return answer
  return { state: answer.found ? 'DIPERBAIKI' : 'TIDAK_DAPAT', source: app.siak.register.source } as const
}

/** Corrections that wait go to SIAK once it is back (RF-22). */
export function replayCorrections(app: RegistryApp): Job<RegistryApp['db']> {
  return {
    name: 'replay-siak-corrections',
    every: EVERY,
    step: async () => {
      const ids = await findWaiting(app.db, STEP)
      const sent = ids.length > 0 && (await sendCorrections(app, ids))
      return sent && ids.length === STEP
    },
  }
}
