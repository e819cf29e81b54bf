import type { ChildGroup } from '@satuanak/child-kit'
import type { AgencyCode, ChildId, Npsn } from '@satuanak/contracts'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { readKtpStatuses } from '../ktp-recording/read-ktp-statuses.ts'
import { ageFlag, type Candidate, type CandidateSource, listingOf, listingWithCard, type Pupil } from './domain.ts'
import { findCandidates, findPupils, saveCandidateInTx } from './repository.ts'

/** A pupil to be listed, and on whose word. */
export interface ToList {
  readonly npsn: Npsn
  readonly group: ChildGroup
  readonly source: CandidateSource
  readonly everMarried: boolean
  /** Who is 16 on this day is listed. */
  readonly on: Temporal.PlainDate
  readonly actor: string
  readonly org: AgencyCode
  readonly correlationid: string
}

/** Puts one pupil on its school's list (RF-10); says why not where it does not come there. */
export async function listPupilInTx(
  app: RegistryApp,
  tx: RegistryTx,
  toList: ToList,
): Promise<Candidate | 'SUDAH_ADA' | 'BELUM_16' | 'TIDAK_DITEMUKAN'> {
  const { npsn, group, everMarried, on } = toList
  const pupil = oneOf(await findPupils(tx, group.ids), group.ids)
  if (!pupil) return 'TIDAK_DITEMUKAN'
  const fresh = listingOf(pupil, everMarried, on)
  // Before the list is looked at: who is on it by a marriage alone must not be told from who is not (KT-10).
  if (fresh === null) return 'BELUM_16'
  if ((await findCandidates(tx, npsn, group.ids)).size > 0) return 'SUDAH_ADA'
  const listing = (await hasCard(app, tx, group)) ? listingWithCard(fresh, on) : fresh
  const { source } = toList
  const candidate = { ...listing, npsn, childId: group.canonical, source, everMarried, listedAt: app.now() }
  if (!(await saveCandidateInTx(tx, candidate))) return 'SUDAH_ADA'
  const flag = listing.state === 'DIKELUARKAN' ? null : ageFlag(listing, on)
  if (flag !== null) {
    await emit(tx, {
      type: 'civil-registry.ktp.candidate.listed.v1',
      subject: group.canonical,
      data: { npsn, flag },
      actor: toList.actor,
      org: toList.org,
      sensitivity: group.level,
      time: app.now(),
      correlationid: toList.correlationid,
    })
  }
  return candidate
}

async function hasCard(app: RegistryApp, tx: RegistryTx, group: ChildGroup): Promise<boolean> {
  const standings = await readKtpStatuses(app, tx, group.ids)
  return [...standings.values()].some(({ decision }) => decision.state === 'SUDAH_CETAK')
}

/** One person under several ids: what the first record says that has a birth date, with any record's NIK (ID-05). */
function oneOf(pupils: ReadonlyMap<ChildId, Pupil>, ids: readonly ChildId[]): Pupil | null {
  const known = ids.flatMap((id) => pupils.get(id) ?? [])
  const first = known.find(({ birthDate }) => birthDate !== null) ?? known[0]
  return first ? { ...first, hasNik: known.some(({ hasNik }) => hasNik) } : null
}
