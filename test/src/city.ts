import { randomUUID } from 'node:crypto'
import { act } from './act.ts'
import { execute } from './databases.ts'
import type { House } from './house.ts'

/** The day on which the testkit's clock starts. */
export const TODAY = '2026-11-23'
export const PANJANG_WETAN = '33.75.03.1004'
export const KRAPYAK = '33.75.03.1002'
/** The school of the persona `panitia-sekolah`, and that of `pkbm`. */
export const SMP = '99000001'
export const PKBM = 'P9900001'
/** An id under which nothing was ever written. */
export const NOBODY = '0190a000-0000-7000-8000-00000000dead'

/** The two schools of the personas; schools come with the demo city, not by a mutation. */
export async function openSchools(house: House): Promise<void> {
  await execute(
    house,
    'education',
    `INSERT INTO school (npsn, name, levels, kind, provider, kelurahan, capacity) VALUES
       ('${SMP}', 'SMP Contoh Pekalongan', '{SMP}', 'SMP', 'SCHOOL', '${KRAPYAK}', 200),
       ('${PKBM}', 'PKBM Contoh Mandiri', '{PAKET_A,PAKET_B,PAKET_C}', 'PKBM', 'PKBM', '${PANJANG_WETAN}', 60)`,
  )
}

let serial = 0
/** A synthetic NIK of a boy born on 2 March 2013 (region 99), another one each time. */
export const nextNik = (): string => nextNikOf('020313')
/** Likewise, of a boy born on this day, `020313`. */
const nextNikOf = (day: string): string => `990101${day}${String(++serial).padStart(4, '0')}`

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** A boy of 13, another one each time: no two share a name, a mother or an address line. */
export function newBoy(more: object = {}) {
  const n = ++serial
  const mark = `${LETTERS[Math.floor(n / 676) % 26]}${LETTERS[Math.floor(n / 26) % 26]}${LETTERS[n % 26]}`
  return {
    name: `Bagas Pratama ${mark}`,
    sex: 'L',
    birthDate: '2013-03-02',
    motherName: `Siti Aminah ${mark}`,
    address: { kelurahan: PANJANG_WETAN, rt: '1', rw: '2' },
    ...more,
  }
}

export const newContact = (more: object = {}) => ({
  requestId: randomUUID(),
  newChild: newBoy(),
  metOn: TODAY,
  kelurahan: PANJANG_WETAN,
  place: 'Perempatan Grogolan',
  activity: 'LOPER_KORAN',
  note: 'Berjualan koran sejak pagi.',
  ...more,
})

export const newAssessment = (childId: string, more: object = {}) => ({
  requestId: randomUUID(),
  childId,
  doneOn: TODAY,
  droppedOut: true,
  needs: ['EDUCATION', 'IDENTITY'],
  conclusion: 'Putus sekolah di kelas 6; ingin belajar lagi.',
  ...more,
})

/** An outreach worker meets a child that no agency knows. @returns the child's id */
export async function meet(house: House, more: object = {}): Promise<string> {
  const selection = 'child { id }'
  const contact = await act<{ child: { id: string } }>(
    house.as('petugas-sosial'),
    'recordContact',
    newContact(more),
    selection,
  )
  return contact.child.id
}

/** Met and assessed, so that each agency knows the child; returns when each has heard of it. @returns the child's id */
export async function meetAndAssess(house: House, assessment: object = {}): Promise<string> {
  const child = await meet(house)
  await act(house.as('peksos'), 'completeAssessment', newAssessment(child, assessment))
  await house.settle()
  return child
}

/** A pupil of 16 or more at the first school, with a NIK, known to registry and education. @returns the child's id */
export async function meetPupilOf16(house: House, birthDate = '2009-12-01'): Promise<string> {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  const nik = nextNikOf(`${day}${month}${year.slice(2)}`)
  const child = await meet(house, { newChild: newBoy({ birthDate, nik }) })
  await house.settle()
  const place = { requestId: randomUUID(), childId: child, npsn: SMP, level: 'SMP', startedOn: TODAY }
  await act(house.as('dinas-pendidikan'), 'enrolChild', place)
  await house.settle()
  return child
}

/** A drafted recording session at the first school with these pupils of its list. @returns the session's id */
export async function draftSessionOf(house: House, childIds: readonly string[]): Promise<string> {
  const list = { requestId: randomUUID(), npsn: SMP, childIds, decision: 'KONFIRMASI' }
  await act(house.as('perekaman'), 'confirmCandidates', list)
  const plan = { npsn: SMP, startsAt: `${TODAY}T06:00:00Z`, devices: 1, officers: ['akun-perekaman-01'] }
  const { id } = await act<{ id: string }>(
    house.as('perekaman'),
    'draftSession',
    { requestId: randomUUID(), ...plan },
    'id',
  )
  return id
}

/** A child of the registry without a NIK. */
export async function withoutNik(house: House): Promise<string> {
  const child = await meet(house)
  await house.settle()
  return child
}
