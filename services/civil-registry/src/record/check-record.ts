import { checkParticulars, type ParticularsInput } from '@satuanak/child-kit'
import type { Particulars } from '@satuanak/contracts'
import {
  type Checked,
  date,
  fields,
  given,
  isLateRegistration,
  type Notice,
  oneOf,
  optional,
  parseAkta,
  parsePersonName,
  text,
  warning,
  wholeNumber,
} from '@satuanak/domain-kit'
import {
  CHILD_STATUSES,
  type ChildStatus,
  GUARDIAN_RELATIONS,
  type GuardianRelation,
  isUnknownParent,
  type Said,
} from './domain.ts'

/** What the registry's own forms ask besides a new child's particulars. */
export interface RecordInput {
  readonly fatherName?: string | null | undefined
  readonly guardian?: GuardianInput | null | undefined
  readonly childStatus?: ChildStatus | null | undefined
  /** 1 for the first-born; tells twins apart (EC-06). */
  readonly birthOrder?: number | null | undefined
  /** As written (ID-17). */
  readonly aktaNumber?: string | null | undefined
  readonly everMarried?: boolean | null | undefined
}

interface GuardianInput {
  readonly name: string
  readonly relation: GuardianRelation
  /** The paper that shows it: its name and number. */
  readonly proof?: string | null | undefined
}

export type RecordSaid = Pick<
  Partial<Said>,
  'fatherName' | 'guardian' | 'childStatus' | 'birthOrder' | 'aktaNumber' | 'everMarried'
>

const LAST_BORN = 30

/** Checks it, all fields at once. An akta number is never refused for its form (ID-17), but it is no NIK (ID-09). */
export function checkRecord(input: RecordInput): Checked<RecordSaid> {
  const checked = fields({
    fatherName: optional(input.fatherName, (value) => parsePersonName(value)),
    guardian: input.guardian ? checkGuardian(input.guardian) : given(null),
    childStatus: optional(input.childStatus, (value) => oneOf(value, CHILD_STATUSES, { rule: 'AT-07' })),
    birthOrder: optional(input.birthOrder, (value) => wholeNumber(value, { rule: 'EC-06', from: 1, to: LAST_BORN })),
    aktaNumber: optional(input.aktaNumber, checkAkta),
    everMarried: given(input.everMarried ?? null),
  })
  if (!checked.ok) return checked
  const { fatherName, ...others } = checked.value
  return { ...checked, value: withoutNull({ ...others, fatherName: fatherName?.display ?? null }) }
}

function checkAkta(input: unknown): Checked<string> {
  const free = text(input, { rule: 'ID-17', max: 50 })
  if (!free.ok) return free
  const akta = parseAkta(input)
  return akta.ok ? { ...akta, value: akta.value.text } : akta
}

function checkGuardian({ name, relation, proof }: GuardianInput): Checked<Said['guardian']> {
  const checked = fields({
    name: parsePersonName(name),
    relation: oneOf(relation, GUARDIAN_RELATIONS, { rule: 'EC-13' }),
    proof: text(proof, { rule: 'EC-13', max: 120 }),
  })
  return checked.ok ? { ...checked, value: { ...checked.value, name: checked.value.name.display } } : checked
}

/** What a checked form says of a child; what was left empty is not said. The NIK is no part of it (ID-09). */
export function saidBy(particulars: Particulars, more: RecordSaid = {}): Partial<Said> {
  const { name, sex, birthDate, birthDatePrecision: precision, birthPlace, motherName, address } = particulars
  const birth = birthDate === null ? null : { date: birthDate, precision }
  return { ...withoutNull({ name, sex, birthDate: birth, birthPlace, motherName, address }), ...more }
}

/** Particulars in part: only what is to be said anew. */
export type SomeParticulars = {
  readonly [Key in keyof Omit<ParticularsInput, 'nik'>]?: ParticularsInput[Key] | null | undefined
}

/** Each field that is filled in, by the rules of a new child's form. */
export function checkSomeParticulars(input: SomeParticulars, today: Temporal.PlainDate): Checked<Partial<Said>> {
  // The form of a whole child, each of whose rules is for one field; what was not filled in stands in for itself.
  const whole = { ...STAND_IN, ...withoutNull(input) }
  const checked = checkParticulars(whole as ParticularsInput, today)
  if (!checked.ok) return checked
  const said = Object.entries(saidBy(checked.value)).filter(
    ([field]) => (input[field as keyof SomeParticulars] ?? null) !== null,
  )
  return { ...checked, value: Object.fromEntries(said) }
}

const STAND_IN = { name: 'Tidak Diisi', sex: 'L', motherName: 'Tidak Diisi', birthDate: '±2020' } as const

/** What an officer should look at again: a late registration (ID-18), a foundling's papers (EC-12). */
export function recordNotices(said: Partial<Said>): readonly Notice[] {
  const late = isLate(said)
  const foundling = said.motherName !== undefined && isUnknownParent(said.motherName)
  return [...(late ? [LATE] : []), ...(foundling ? [FOUNDLING] : [])]
}

/** Null where it cannot be known: no akta of the modern form, or no exact birth date. */
export function isLate({ aktaNumber, birthDate }: Partial<Said>): boolean | null {
  if (aktaNumber === undefined) return null
  const akta = parseAkta(aktaNumber)
  const form = akta.ok ? akta.value.form : null
  if (form === null) return null
  if (form.kind === 'LT') return true
  if (birthDate?.precision !== 'HARI') return null
  return isLateRegistration(Temporal.PlainDate.from(birthDate.date), form.issuedOn)
}

/** The day on which it was said, or on which the paper was issued. */
export const checkDay = (input: unknown, rule: string, today: Temporal.PlainDate) =>
  date(input, { rule, earliest: EARLIEST, latest: today })
const EARLIEST = new Temporal.PlainDate(1970, 1, 1)

const LATE = warning(
  'ID-18',
  {
    id: 'Kelahiran dilaporkan lebih dari 60 hari sesudahnya: pencatatan terlambat, tetap gratis. Catat keputusan pejabatnya.',
    en: 'The birth was reported more than 60 days after it: a late registration, still free. Note the official’s decision.',
  },
  'aktaNumber',
)
const FOUNDLING = warning(
  'EC-12',
  {
    id: 'Ibu tidak diketahui: lampirkan berita acara kepolisian, lalu akta diterbitkan tanpa nama orang tua.',
    en: 'The mother is not known: attach the police report; the akta is then issued without the parents’ names.',
  },
  'motherName',
)

type Filled<T> = { -readonly [Key in keyof T]?: Exclude<T[Key], null | undefined> }

function withoutNull<T extends object>(values: T): Filled<T> {
  const filled = Object.entries(values).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(filled) as Filled<T>
}
