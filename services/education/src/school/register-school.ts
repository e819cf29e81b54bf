import { type KelurahanCode, LEVELS, type Npsn } from '@satuanak/contracts'
import {
  type Checked,
  fields,
  given,
  list,
  type Notice,
  oneOf,
  orRefuse,
  parseNpsn,
  parseRegionCode,
  problem,
  refused,
  text,
  wholeNumber,
} from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { EducationApp } from '../app.ts'
import { mayHaveNumber, mayTeach, SCHOOL_KIND_NAMES, SCHOOL_KINDS, type School } from './domain.ts'
import { SchoolExists } from './errors.ts'
import { findSchools, saveSchoolInTx } from './repository.ts'

export interface RegisterSchool {
  readonly requestId: string
  readonly npsn: string
  readonly name: string
  readonly kind: string
  readonly levels: readonly string[]
  readonly kelurahan: string
  readonly capacity: number
  /** Degrees; both or neither. */
  readonly latitude?: number | null | undefined
  readonly longitude?: number | null | undefined
}

/** What is done to a school names no child. */
export const NO_CHILD = { level: 1 } as const

/**
 * Puts a school of any kind on the city's list (ID-13, ID-14). Who teaches there follows from its kind.
 * @returns the school's NPSN.
 * @throws InvalidInput, SchoolExists, NotPermitted, RequestIdReused.
 */
export function registerSchool(app: EducationApp, caller: Caller, command: RegisterSchool): Promise<Npsn> {
  permit(caller, 'school.manage', NO_CHILD)
  const { value } = orRefuse(check(command))
  const school: School = {
    ...value,
    npsn: value.npsn.code as Npsn,
    kelurahan: value.kelurahan,
    provider: SCHOOL_KINDS[value.kind].provider,
    closedOn: null,
    mergedInto: null,
  }
  const request = { name: 'registerSchool', requestId: command.requestId, input: command }
  return app.once(caller, request, async (tx) => {
    if ((await findSchools(tx, [school.npsn])).length > 0) throw new SchoolExists()
    if (!(await saveSchoolInTx(tx, school))) throw new SchoolExists()
    await audit(tx, caller, 'school.manage', [], { npsn: school.npsn, deed: 'registerSchool' })
    return school.npsn
  })
}

function check(command: RegisterSchool) {
  return fields(
    {
      npsn: parseNpsn(command.npsn),
      name: text(command.name, { rule: 'ID-13', max: 160 }),
      kind: oneOf(command.kind, SCHOOL_KIND_NAMES, { rule: 'ID-14' }),
      levels: list(command.levels, (level) => oneOf(level, LEVELS, { rule: 'ID-14' }), {
        rule: 'ID-14',
        max: LEVELS.length,
      }),
      kelurahan: kelurahan(command.kelurahan),
      capacity: wholeNumber(command.capacity, { rule: 'EC-32', from: 0, to: 10_000 }),
      latitude: degrees(command.latitude, 90),
      longitude: degrees(command.longitude, 180),
    },
    ({ npsn, kind, levels, latitude, longitude }): Notice[] => [
      ...(mayHaveNumber(kind, npsn.code) ? [] : [WRONG_NUMBER]),
      ...(mayTeach(kind, levels) && new Set(levels).size === levels.length ? [] : [WRONG_LEVELS]),
      ...((latitude === null) === (longitude === null) ? [] : [HALF_A_PLACE]),
    ],
  )
}

const WRONG_NUMBER = problem(
  'ID-13',
  {
    id: 'NPSN berhuruf P hanya untuk PKBM dan SKB, berhuruf K hanya untuk LKP. Periksa nomor atau bentuk pendidikannya.',
    en: 'A number with P is for PKBM and SKB, with K for LKP. Check the number or the kind of school.',
  },
  'npsn',
)
const WRONG_LEVELS = problem(
  'ID-14',
  {
    id: 'Jenjang tidak sesuai bentuk pendidikannya, kosong atau berulang. Pilih jenjang yang memang diajarkan di sana.',
    en: 'The levels do not fit the kind of school, or none or one twice is given. Choose what is taught there.',
  },
  'levels',
)
const HALF_A_PLACE = problem(
  'ID-23',
  { id: 'Isi lintang dan bujur bersama-sama, atau kosongkan keduanya.', en: 'Give both coordinates or neither.' },
  'latitude',
)

function degrees(input: number | null | undefined, most: number): Checked<number | null> {
  if (input === null || input === undefined) return given(null)
  if (Math.abs(input) <= most) return given(input)
  return refused('', 'ID-23', {
    id: `Koordinat dalam derajat, dari -${most} sampai ${most}.`,
    en: `A coordinate in degrees, from -${most} to ${most}.`,
  })
}

function kelurahan(input: string): Checked<KelurahanCode> {
  const parsed = parseRegionCode(input, { level: 'village' })
  return parsed.ok ? { ...parsed, value: parsed.value.dotted as KelurahanCode } : parsed
}
