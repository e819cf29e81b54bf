import { groupOf } from '@satuanak/child-kit'
import type { ChildId, Npsn } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { decideCandidateInTx, findCandidatesInTx, findConfirmedInTx } from './repository.ts'

export { schoolsThatSee } from './domain.ts'

/** A confirmed pupil, as a session takes it. */
export interface ReadyPupil {
  readonly childId: ChildId
  /** Null where no birth date is known. */
  readonly sixteenOn: Temporal.PlainDate | null
  readonly everMarried: boolean
}

/**
 * The confirmed pupils of a school who are 16 on that day or were married (BLG-01, KT-10), the oldest first, and still
 * attend it. Locked: two sessions cannot take one pupil.
 */
export async function findReadyPupilsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  npsn: Npsn,
  on: Temporal.PlainDate,
): Promise<readonly ReadyPupil[]> {
  const confirmed = await findConfirmedInTx(tx, npsn, on)
  const groups = await groupOf(
    tx,
    confirmed.map(({ childId }) => childId),
    app.now(),
  )
  return confirmed.flatMap(({ childId, sixteenOn, everMarried }) =>
    groups.get(childId)?.schools.includes(npsn) ? [{ childId: childId, sixteenOn, everMarried }] : [],
  )
}

/** What became of a confirmed pupil in a session: recorded, waiting for a NIK (BLG-R2), or left out (BLG-R1). */
export async function settleCandidateInTx(
  app: RegistryApp,
  tx: RegistryTx,
  settled: {
    readonly npsn: Npsn
    readonly childId: ChildId
    readonly by: string
    readonly as: 'SELESAI' | 'NIK_TIDAK_DI_SIAK' | 'SUDAH_CETAK' | 'MENOLAK'
  },
): Promise<void> {
  const { npsn, childId, by, as } = settled
  const candidate = (await findCandidatesInTx(tx, npsn, [childId])).get(childId)
  if (candidate?.state !== 'DIKONFIRMASI') return
  const state = as === 'SELESAI' ? as : as === 'NIK_TIDAK_DI_SIAK' ? 'TERTUNDA' : 'DIKELUARKAN'
  await decideCandidateInTx(tx, candidate, { state, reason: as === 'SELESAI' ? null : as, by, at: app.now() })
}
