import { groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { compareNik, fields, type Notice, orRefuse, parseNik, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp } from '../app.ts'
import { missingPapers, type Person } from './domain.ts'
import { ChildNotFound, NikAlreadyIssued } from './errors.ts'
import { refuseTakenNik } from './register-child.ts'
import { findPersonInTx, saveIssuedNikInTx } from './repository.ts'

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
  let notices: readonly Notice[] = warnings
  const childId = await app.once(caller, { name: 'issueNik', ...command, input: command }, async (tx) => {
    const person = await findPersonInTx(tx, value.childId)
    if (person === null) throw new ChildNotFound('childId')
    const level = (await groupOf(tx, [person.id], app.now())).get(person.id)?.level ?? 2
    permit(caller, 'nik.issue', { level, kelurahan: person.address ? [person.address.kelurahan] : [] })
    if (person.nikLast4 !== null) throw new NikAlreadyIssued()
    await refuseTakenNik(app, tx, caller, value.nik.digits)
    await saveIssuedNikInTx(tx, person.id, app.custody.seal(value.nik.digits, person.id), caller.agency, app.now())
    await audit(tx, caller, 'nik.issue', [person.id])
    await emit(tx, {
      type: 'civil-registry.paper.issued.v1',
      subject: person.id,
      data: { paper: 'NIK', missing: missingPapers([...person.held, 'NIK']) },
      actor: caller.subject,
      org: caller.agency,
      sensitivity: level,
      time: app.now(),
      correlationid: command.requestId,
    })
    notices = [...warnings, ...disagreements(value.nik, person)]
    return person.id
  })
  return { childId, warnings: notices }
}

function disagreements(
  nik: Parameters<typeof compareNik>[0],
  { birthDate, birthDatePrecision, sex }: Person,
): Notice[] {
  const declared =
    birthDate === null ? null : { date: Temporal.PlainDate.from(birthDate), precision: birthDatePrecision }
  return compareNik(nik, { birthDate: declared, sex })
}
