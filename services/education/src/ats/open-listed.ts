import { presentChildren } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { audit, type Caller } from '@satuanak/identity'
import { emitAll } from '@satuanak/messaging'
import type { EducationApp, EducationTx } from '../app.ts'
import type { ListedPupil } from './check-listed-pupil.ts'
import { claimListedInTx, findListed, saveListedRecordsInTx } from './repository-listed.ts'

/** Null where the pupil came in before: its record stands as it is, whatever became of it. */
export type OpenedListed = { readonly childId: ChildId | null } | null

interface Listing {
  /** The intake, as the audit names it. */
  readonly source: string
  /** Each `pupilId` once. */
  readonly pupils: readonly ListedPupil[]
  readonly dryRun: boolean
}

/**
 * Puts pupils of the ministry's list on the out-of-school list (AT-02, AT-13). Each gets its id here and is presented,
 * sealed, to the civil registry, as a new child that is reported; who it is, the registry finds out. Of a pupil only the
 * id and a print of the ministry's id stay. A pupil that came in before is left alone: neither a closed record nor a
 * child who is back at school is reopened by a list that has not heard of it.
 * The same number of statements whatever that of the pupils. Whether the caller may is asked by whoever takes the list in.
 * @returns an answer for each, in their order; `childId` is null in a dry run, which writes nothing.
 */
export async function openListedInTx(
  app: EducationApp,
  tx: EducationTx,
  caller: Caller,
  { source, pupils, dryRun }: Listing,
): Promise<readonly OpenedListed[]> {
  const coming = pupils.map((pupil) => ({
    ...pupil,
    print: Buffer.from(app.fingerprint(`pupil ${pupil.pupilId}`)).toString('hex'),
    childId: app.newId<ChildId>(),
  }))
  if (dryRun) {
    const listed = await findListed(
      tx,
      coming.map(({ print }) => print),
    )
    return coming.map(({ print }) => (listed.has(print) ? null : { childId: null }))
  }
  const claimed = await claimListedInTx(
    tx,
    coming.map(({ print, childId }) => ({ print, childId })),
  )
  const fresh = coming.filter(({ print }) => claimed.has(print))
  const said = {
    actor: caller.subject,
    org: caller.agency,
    sensitivity: 2,
    time: app.now(),
    correlationid: source,
  } as const
  await presentChildren(
    tx,
    fresh.map(({ childId, child }) => ({ childId, particulars: child })),
    { ...said, service: 'education', registryKey: app.registryKey },
  )
  const records = fresh.map(({ childId, category, kelurahan }) => ({
    id: app.newId<string>(),
    childId,
    category,
    kelurahan,
    reportedAt: said.time,
  }))
  await saveListedRecordsInTx(tx, records, caller.subject)
  await emitAll(
    tx,
    records.map(({ id, childId, category, kelurahan }) => ({
      ...said,
      type: 'education.ats.record.created.v1' as const,
      subject: childId,
      data: { recordId: id, category, source: 'MINISTRY' as const, kelurahan },
    })),
  )
  if (fresh.length > 0) {
    const children = fresh.map(({ childId }) => childId)
    await audit(tx, caller, 'ats.report', children, { source })
  }
  return coming.map(({ print, childId }) => (claimed.has(print) ? { childId } : null))
}
