import type { AgencyCode, ChildId } from '@satuanak/contracts'
import { matchKeys } from '@satuanak/domain-kit'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { keepFindableInTx } from '../matching/find-candidates.ts'
import { decideDisputesInTx } from './decide-disputes.ts'
import { decideRecord, isUnknownParent, type Ruling, type Said, type StatedPaper } from './domain.ts'
import { findStatements, saveFirstStatementsInTx, saveRecordInTx, saveStatementInTx } from './repository.ts'

export type { StatedPaper }

/** Who says what of which record. */
export interface Stated {
  readonly personId: ChildId
  readonly agency: AgencyCode
  /** Null: by word of mouth. */
  readonly paper: StatedPaper | null
  readonly statedOn: Temporal.PlainDate
  readonly said: Partial<Said>
  /** An officer's word on a disagreement; left out of all else. */
  readonly ruling?: Ruling
  /** The account, or `system` for what came by an event. */
  readonly recordedBy: string
}

/**
 * Adds a statement to a record and lets its columns, and the list of disagreements, follow what stands now (ID-05). The
 * caller holds the locks of the person's records and has the permission. @returns the statement's id
 */
export async function writeStatementInTx(app: RegistryApp, tx: RegistryTx, stated: Stated): Promise<string> {
  const id = await writeFirstStatementInTx(app, tx, stated)
  await decideDisputesInTx(app, tx, [stated.personId])
  return id
}

/** Likewise, of a record that is new: nobody says otherwise yet. @returns the statement's id */
export async function writeFirstStatementInTx(app: RegistryApp, tx: RegistryTx, stated: Stated): Promise<string> {
  const id = app.newId()
  const { ruling = null, ...rest } = stated
  await saveStatementInTx(tx, { ...rest, ruling, id, statedOn: stated.statedOn.toString(), recordedAt: app.now() })
  const standing = decideRecord(await findStatements(tx, [stated.personId]))
  await saveRecordInTx(tx, stated.personId, standing, {
    name: standing.name && matchKeys(standing.name)[0],
    mother: standing.motherName && motherKey(standing.motherName),
  })
  await followInTx(tx, stated.personId, standing)
  return id
}

/** What a list that came in said of each of its new records: their own values, by word of whoever sent it. */
export async function writeFirstStatementsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  personIds: readonly ChildId[],
  recordedBy: string,
): Promise<void> {
  await saveFirstStatementsInTx(tx, personIds, { statedOn: app.today().toString(), recordedBy })
}

/** Others find the record by what stands now (ID-20). */
async function followInTx(tx: RegistryTx, id: ChildId, standing: Partial<Said>): Promise<void> {
  const { name, sex, birthDate, motherName, address } = standing
  if (name === undefined || sex === undefined) return
  await keepFindableInTx(tx, {
    id,
    name,
    sex,
    birthDate: birthDate?.date ?? null,
    birthDatePrecision: birthDate?.precision ?? 'TAKSIRAN',
    motherName: motherName === undefined || isUnknownParent(motherName) ? null : motherName,
    address: address ?? null,
    // Found under a column of its own.
    nikIndex: null,
  })
}

/** What a mother is found by; null where nobody knows who she is, or foundlings would all be siblings (EC-12). */
export function motherKey(name: string | null): string | null {
  return name === null || isUnknownParent(name) ? null : matchKeys(name)[0]
}
