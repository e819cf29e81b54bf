import { type ChildGroup, checkParticulars, type ParticularsInput, presentChild } from '@satuanak/child-kit'
import { ATS_CATEGORIES, type ChildId, type KelurahanCode, type Particulars } from '@satuanak/contracts'
import {
  type Checked,
  fields,
  given,
  type Notice,
  oneOf,
  optional,
  orRefuse,
  parseRegionCode,
  problem,
  text,
  uuid,
} from '@satuanak/domain-kit'
import { audit, type Caller, type Facts } from '@satuanak/identity'
import type { EducationApp, EducationTx, Said } from '../app.ts'
import { identifyChildInTx, identifyKnownChildInTx, permitKnown } from '../child/identify-child.ts'
import { findCurrentEnrolmentInTx } from '../enrolment/find-enrolments.ts'
import { type AtsRecord, isOfSchoolAge, sourceOf } from './domain.ts'
import { AtsAlreadyOpen, StillEnrolled } from './errors.ts'
import { openAtsRecordInTx } from './open-ats-record.ts'
import { findAtsRecords } from './repository.ts'

export interface ReportOutOfSchool {
  readonly requestId: string
  /** A child some agency knows; or else `newChild`. */
  readonly childId?: string | null | undefined
  readonly newChild?: ParticularsInput | null | undefined
  readonly category: string
  /** Where the child lives. */
  readonly kelurahan: string
  readonly note?: string | null | undefined
}

/**
 * Puts a child on the out-of-school list (TUN-03). A child that no agency knew gets its id here and is presented, sealed,
 * to the civil registry (DESIGN §4). One open record a child, and none for a child who is enrolled (EC-18): told to those
 * alone whose child it is by what education holds of it, whatever kelurahan they name.
 * @returns the record's id.
 * @throws InvalidInput, ChildNotFound, AtsAlreadyOpen, StillEnrolled, NotPermitted outside the caller's kelurahan
 * (TUN-R3), RequestIdReused.
 */
export function reportOutOfSchool(app: EducationApp, caller: Caller, command: ReportOutOfSchool): Promise<string> {
  const { value } = orRefuse(check(command, app.today()))
  const request = { name: 'reportOutOfSchool', requestId: command.requestId, input: command }
  return app.once(caller, request, async (tx) => {
    const childId = value.childId ?? app.newId<ChildId>()
    const identify = value.newChild ? identifyChildInTx : identifyKnownChildInTx
    const group = await identify(app, tx, childId)
    const obstacle = await findObstacle(app, tx, group)
    const known = { level: group.level, ...(value.childId && { child: value.childId }) }
    const permitAt = (place: Place) => permitKnown(caller, 'ats.report', { ...known, ...place })
    // First by what education holds: how strictly another kelurahan's child is kept is not told either.
    if (obstacle) permitAt(obstacle.place)
    permitAt({ kelurahan: [value.kelurahan] })
    if (obstacle) throw obstacle.refusal
    const said = {
      actor: caller.subject,
      org: caller.agency,
      sensitivity: group.level,
      time: app.now(),
      correlationid: command.requestId,
    } as const
    if (value.newChild) await present(app, tx, childId, value.newChild, said)
    const { category, kelurahan, note } = value
    const report = { id: app.newId(), childId, category, kelurahan, note, source: sourceOf(caller.agency) }
    await openAtsRecordInTx(tx, { ...report, reportedAt: said.time }, said)
    await audit(tx, caller, 'ats.report', [childId])
    return report.id
  })
}

type Place = Pick<Facts, 'kelurahan' | 'schools'>

/** Why a child is not to be put on the list, and whose it is to know. */
interface Obstacle {
  readonly refusal: AtsAlreadyOpen | StillEnrolled
  readonly place: Place
}

/** A closed record is none: a child who moved is reported anew where it lives now (EC-07). */
async function findObstacle(app: EducationApp, tx: EducationTx, { ids }: ChildGroup): Promise<Obstacle | null> {
  const records = await findAtsRecords(tx, ids)
  const places = (some: readonly AtsRecord[]) => some.flatMap((record) => record.kelurahan ?? [])
  const open = records.find(({ closedAt }) => closedAt === null)
  if (open) return { refusal: new AtsAlreadyOpen(open.id), place: { kelurahan: places([open]) } }
  const enrolment = await findCurrentEnrolmentInTx(tx, ids, app.today())
  const place = { kelurahan: places(records), schools: enrolment ? [enrolment.npsn] : [] }
  return enrolment && { refusal: new StillEnrolled(), place }
}

async function present(
  { registryKey }: EducationApp,
  tx: EducationTx,
  childId: ChildId,
  particulars: Particulars,
  said: Said,
): Promise<void> {
  await presentChild(tx, { ...said, service: 'education', childId, particulars, registryKey })
}

function check(command: ReportOutOfSchool, today: Temporal.PlainDate) {
  return fields(
    {
      childId: optional(command.childId, (id) => uuid<ChildId>(id)),
      newChild: command.newChild ? checkParticulars(command.newChild, today) : given(null),
      category: oneOf(command.category, ATS_CATEGORIES, { rule: 'AT-01' }),
      kelurahan: kelurahan(command.kelurahan),
      note: optional(command.note, (note) => text(note, { rule: 'TUN-03', max: 2000, multiline: true })),
    },
    ({ childId, newChild }) => [
      ...((childId === null) === (newChild === null) ? [ONE_CHILD] : []),
      ...(newChild ? ageNotices(newChild, today) : []),
    ],
  )
}

/** What is said of a child too young or too old for the list (EC-17). */
export function ageNotices({ birthDate, birthDatePrecision }: Particulars, today: Temporal.PlainDate): Notice[] {
  const fits = birthDate === null || isOfSchoolAge(Temporal.PlainDate.from(birthDate), birthDatePrecision, today)
  return fits ? [] : [NOT_OF_AGE]
}

const ONE_CHILD = problem(
  'DESIGN-4',
  {
    id: 'Pilih satu: anak yang sudah terdaftar (childId), atau data anak baru (newChild).',
    en: 'Choose one: a child that is known (childId), or the particulars of a new one (newChild).',
  },
  'childId',
)

const NOT_OF_AGE = problem(
  'EC-17',
  {
    id: 'Daftar ATS untuk usia 4 sampai 25 tahun. Periksa tanggal lahirnya.',
    en: 'The out-of-school list is for ages 4 to 25. Check the birth date.',
  },
  'newChild.birthDate',
)

function kelurahan(input: string): Checked<KelurahanCode> {
  const parsed = parseRegionCode(input, { level: 'village' })
  return parsed.ok ? { ...parsed, value: parsed.value.dotted as KelurahanCode } : parsed
}
