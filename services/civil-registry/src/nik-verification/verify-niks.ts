import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp } from '../app.ts'
import { type ChildFile, findChildFiles } from '../identity/find-child-files.ts'
import { heldNiks } from '../identity/held-niks.ts'
import { askSiak, repliesKept, type SiakReply, type SiakSource } from '../siak/broker.ts'
import { type ComparedField, differingFields, type NikVerdict } from './domain.ts'

/** What SIAK says of a child's NIK, beside what the registry has. Never SIAK's own words: field names only. */
export interface NikVerification {
  readonly verdict: NikVerdict
  /** Where SIAK says something else; empty unless TIDAK_COCOK. */
  readonly differing: readonly ComparedField[]
  /** Null, as are the two below, while SIAK has not answered. */
  readonly source: SiakSource | null
  readonly checkedAt: Temporal.Instant | null
  readonly expiresAt: Temporal.Instant | null
}

/**
 * Asks SIAK about a list of children, such as the pupils of a session (BLG-04); absent is a child without a NIK, or one
 * that the registry does not know. Asks no permission and never fails for SIAK's sake. Not inside a transaction.
 */
export const verifyNiks = (app: RegistryApp, ids: readonly ChildId[]): Promise<ReadonlyMap<ChildId, NikVerification>> =>
  judged(app, ids, (niks) => askSiak(app, niks))

/** The same by what is known already, without asking: absent also where SIAK was not asked, or too long ago. */
export const verificationsKept = (
  app: RegistryApp,
  ids: readonly ChildId[],
): Promise<ReadonlyMap<ChildId, NikVerification>> => judged(app, ids, (niks) => repliesKept(app, niks))

async function judged(
  app: RegistryApp,
  ids: readonly ChildId[],
  ask: (niks: readonly string[]) => Promise<ReadonlyMap<string, SiakReply>>,
): Promise<ReadonlyMap<ChildId, NikVerification>> {
  const files = await findChildFiles(app, app.db, ids)
  const niks = await heldNiks(app, files)
  const replies = await ask([...niks.values()])
  return new Map(
    [...niks].flatMap(([id, nik]) => {
      const [file, reply] = [files.get(id), replies.get(nik)]
      return file && reply ? [[id, judge(file, reply)]] : []
    }),
  )
}

const WAITS = {
  verdict: 'MENUNGGU_VERIFIKASI',
  differing: [],
  source: null,
  checkedAt: null,
  expiresAt: null,
} as const satisfies NikVerification

/** The canonical record is the one that is compared. */
function judge({ persons: [person] }: ChildFile, reply: SiakReply): NikVerification {
  if (reply.state === 'MENUNGGU' || person === undefined) return WAITS
  const { answer, source, answeredAt: checkedAt, expiresAt } = reply
  const about = { source, checkedAt, expiresAt }
  if (!answer.found) return { ...about, verdict: 'TIDAK_DITEMUKAN', differing: [] }
  const differing = differingFields(person, answer.record)
  return { ...about, verdict: differing.length === 0 ? 'COCOK' : 'TIDAK_COCOK', differing }
}
