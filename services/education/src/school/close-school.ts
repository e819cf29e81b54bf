import type { Npsn } from '@satuanak/contracts'
import { date, fields, optional, orRefuse, parseNpsn, problem } from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { EducationApp, EducationTx } from '../app.ts'
import type { School } from './domain.ts'
import { SchoolClosed, SchoolNotFound } from './errors.ts'
import { NO_CHILD } from './register-school.ts'
import { closeSchoolInTx, lockSchoolsInTx } from './repository.ts'

export interface CloseSchool {
  readonly requestId: string
  readonly npsn: string
  /** The first day on which it takes nobody any more. */
  readonly on: Temporal.PlainDate
  /** The school that it goes into; null where it is withdrawn. */
  readonly mergedInto?: string | null | undefined
}

/**
 * Withdraws a school, or merges it into another (EC-36). Its row and every enrolment stay as they are: pupils who are
 * there go on until they are moved, new ones are refused from that day on, with the successor named. Done once.
 * @returns the school's NPSN.
 * @throws InvalidInput, SchoolNotFound, SchoolClosed where it or the successor has an end, NotPermitted, RequestIdReused.
 */
export function closeSchool(app: EducationApp, caller: Caller, command: CloseSchool): Promise<Npsn> {
  permit(caller, 'school.manage', NO_CHILD)
  const { value } = orRefuse(check(command, app.today()))
  const request = {
    name: 'closeSchool',
    requestId: command.requestId,
    input: { ...command, on: command.on.toString() },
  }
  const npsn = value.npsn.code as Npsn
  const end = { closedOn: value.on, mergedInto: value.mergedInto && (value.mergedInto.code as Npsn) }
  return app.once(caller, request, async (tx) => {
    await refuseUnlessOpen(tx, npsn, end)
    await closeSchoolInTx(tx, npsn, end)
    await audit(tx, caller, 'school.manage', [], { npsn, deed: end.mergedInto ? 'mergeSchool' : 'closeSchool' })
    return npsn
  })
}

type End = Readonly<{ closedOn: Temporal.PlainDate; mergedInto: Npsn | null }>

/**
 * Both are held: of two mergers at the same moment the second sees what the first did. What has an end itself takes no
 * school in, so that mergers never go in a circle.
 */
async function refuseUnlessOpen(tx: EducationTx, npsn: Npsn, { mergedInto }: End): Promise<void> {
  const locked = await lockSchoolsInTx(tx, mergedInto === null ? [npsn] : [npsn, mergedInto])
  const get = (code: Npsn, field: string): School => {
    const school = locked.find((one) => one.npsn === code)
    if (!school) throw new SchoolNotFound(field)
    return school
  }
  const school = get(npsn, 'npsn')
  if (school.closedOn !== null) throw new SchoolClosed({ ...school, closedOn: school.closedOn })
  if (mergedInto === null) return
  const successor = get(mergedInto, 'mergedInto')
  if (successor.closedOn !== null) throw new SchoolClosed({ ...successor, closedOn: successor.closedOn }, 'mergedInto')
}

function check(command: CloseSchool, today: Temporal.PlainDate) {
  return fields(
    {
      npsn: parseNpsn(command.npsn),
      // What closed decades ago is not on the list; a decree for the next school year is known a year before.
      on: date(command.on, {
        rule: 'EC-36',
        earliest: today.subtract({ years: 13 }),
        latest: today.add({ years: 1 }),
      }),
      mergedInto: optional(command.mergedInto, parseNpsn),
    },
    ({ npsn, mergedInto }) => (npsn.code === mergedInto?.code ? [INTO_ITSELF] : []),
  )
}

const INTO_ITSELF = problem(
  'EC-36',
  {
    id: 'Sekolah tidak dapat digabung ke dirinya sendiri. Isi NPSN sekolah penerima.',
    en: 'A school cannot be merged into itself. Give the NPSN of the school that takes it in.',
  },
  'mergedInto',
)
