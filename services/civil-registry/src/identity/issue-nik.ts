import { groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { compareNik, fields, type Notice, orRefuse, parseNik, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { closeIssuedRequestsInTx } from '../papers/close-issued-requests.ts'
import { missingPapers, type Person } from './domain.ts'
import { ChildNotFound, NikAlreadyIssued } from './errors.ts'
import { refuseTakenNik } from './register-child.ts'
import { findPersons, findPersonsInTx, saveIssuedNikInTx } from './repository.ts'
import { sealNikInTx } from './seal-nik.ts'

export interface IssueNik {
  readonly requestId: string
  readonly childId: string
  readonly nik: string
}

/**
 * Records the NIK that SIAK gave to a child without one; closes what RF-02 asked for. A NIK that disagrees with birth
 * date or sex is recorded with a warning: the akta decides the birth date, not the NIK (ID-05).
 * @throws InvalidInput, ChildNotFound, NikAlreadyIssued, NikTaken, NotPermitted, RequestIdReused.
 */
export async function issueNik(
  app: RegistryApp,
  caller: Caller,
  command: IssueNik,
): Promise<{ readonly childId: ChildId; readonly warnings: readonly Notice[] }> {
  const { value, warnings } = orRefuse(
    fields({ childId: uuid<ChildId>(command.childId), nik: parseNik(command.nik, { today: app.today() }) }),
  )
  const childId = await app.once(caller, { name: 'issueNik', ...command, input: command }, async (tx) => {
    const { persons, level } = await findPersonInTx(app, tx, value.childId)
    const kelurahan = persons.flatMap(({ address }) => address?.kelurahan ?? [])
    const facts = { child: value.childId, level, kelurahan }
    permitOr(caller, 'nik.issue', facts, () => new ChildNotFound('childId'))
    await linkNikInTx(app, tx, caller, { ...value, nik: value.nik.digits, requestId: command.requestId })
    return value.childId
  })
  const [person] = await findPersons(app.db, [childId])
  return { childId, warnings: [...warnings, ...(person ? disagreements(value.nik, person) : [])] }
}

export interface LinkedNik {
  readonly childId: ChildId
  /** 16 digits, checked before. */
  readonly nik: string
  readonly requestId: string
}

/**
 * Gives a child without a NIK the one it has, in custody, and tells the others. Asks no permission: who calls it does.
 * @throws ChildNotFound, NikAlreadyIssued, NikTaken.
 */
export async function linkNikInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { childId, nik, requestId }: LinkedNik,
): Promise<void> {
  const { persons, level } = await findPersonInTx(app, tx, childId)
  if (persons.some(({ nikLast4 }) => nikLast4 !== null)) throw new NikAlreadyIssued()
  await refuseTakenNik(app, tx, caller, nik)
  await saveIssuedNikInTx(tx, childId, await sealNikInTx(app, tx, nik, childId), caller.agency, app.now())
  const ids = persons.map(({ id }) => id)
  await closeIssuedRequestsInTx(tx, { ids, paper: 'NIK', by: caller.agency, at: app.now() })
  await audit(tx, caller, 'nik.issue', [childId])
  await emit(tx, {
    type: 'civil-registry.paper.issued.v1',
    subject: childId,
    data: { paper: 'NIK', missing: missingPapers([...persons.flatMap(({ held }) => held), 'NIK']) },
    actor: caller.subject,
    org: caller.agency,
    sensitivity: level,
    time: app.now(),
    correlationid: requestId,
  })
}

/** All that is written of the person under any id, for a NIK is the person's and not the record's (ID-05). */
async function findPersonInTx(app: RegistryApp, tx: RegistryTx, childId: ChildId) {
  const group = (await groupOf(tx, [childId], app.now())).get(childId)
  const persons = await findPersonsInTx(tx, group?.ids ?? [childId])
  if (!persons.some(({ id }) => id === childId)) throw new ChildNotFound('childId')
  return { persons, level: group?.level ?? 2 }
}

function disagreements(
  nik: Parameters<typeof compareNik>[0],
  { birthDate, birthDatePrecision, sex }: Person,
): Notice[] {
  const declared =
    birthDate === null ? null : { date: Temporal.PlainDate.from(birthDate), precision: birthDatePrecision }
  return compareNik(nik, { birthDate: declared, sex })
}
