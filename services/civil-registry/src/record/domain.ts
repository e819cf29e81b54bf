import type { AgencyCode, ChildId, KelurahanCode, Precision, Sex } from '@satuanak/contracts'
import { mayBeSameName } from '@satuanak/domain-kit'

/** Whose child it is, as the KK and AT-07 write it. */
export const CHILD_STATUSES = ['KANDUNG', 'ANGKAT', 'TIRI', 'ASUH'] as const
export type ChildStatus = (typeof CHILD_STATUSES)[number]

/** What the guardian is to the child (EC-13) [D]. */
export const GUARDIAN_RELATIONS = [
  'KAKEK_NENEK',
  'PAMAN_BIBI',
  'KAKAK',
  'ORANG_TUA_ANGKAT',
  'KERABAT_LAIN',
  'LEMBAGA',
  'LAINNYA',
] as const
export type GuardianRelation = (typeof GUARDIAN_RELATIONS)[number]

/** Papers that particulars are copied from [D]. Which of them decides which value: `DECIDES`. */
export const STATED_PAPERS = [
  'AKTA',
  'KK',
  'KIA',
  'IJAZAH_RAPOR',
  'BUKU_NIKAH',
  'PENETAPAN_PENGADILAN',
  'SURAT_KETERANGAN',
] as const
export type StatedPaper = (typeof STATED_PAPERS)[number]

/** Everything that may be said of a child; never a NIK or KK number. */
export interface Said {
  readonly name: string
  readonly sex: Sex
  /** `date` as SIAK writes it where the day is not known (ID-22). */
  readonly birthDate: { readonly date: string; readonly precision: Precision }
  readonly birthPlace: string
  readonly motherName: string
  readonly fatherName: string
  readonly guardian: { readonly name: string; readonly relation: GuardianRelation; readonly proof: string }
  readonly childStatus: ChildStatus
  readonly birthOrder: number
  readonly aktaNumber: string
  readonly everMarried: boolean
  readonly address: {
    readonly kelurahan: KelurahanCode
    readonly rt: string | null
    readonly rw: string | null
    readonly line: string | null
  }
}
export type RecordField = keyof Said

/** An officer's word where agencies disagreed: on what ground, and which statements the officer had before them. */
export interface Ruling {
  readonly ground: string
  /** Ids of statements. */
  readonly weighed: readonly string[]
}

/** What one agency said of a child. */
export interface Statement {
  readonly id: string
  readonly personId: ChildId
  readonly agency: AgencyCode
  /** Null: by word of mouth. */
  readonly paper: StatedPaper | null
  /** `2026-11-26` */
  readonly statedOn: string
  readonly said: Partial<Said>
  /** Null: no officer's word on a disagreement. */
  readonly ruling: Ruling | null
  readonly recordedAt: Temporal.Instant
}

/**
 * The paper that settles a value by itself. The akta decides the birth date, not the NIK (ID-05), and with it all that
 * an akta says of a birth [D]; the KK says whose child it is and where it lives; a court says who the guardian is.
 */
const DECIDES: { readonly [Field in RecordField]: StatedPaper } = {
  name: 'AKTA',
  sex: 'AKTA',
  birthDate: 'AKTA',
  birthPlace: 'AKTA',
  motherName: 'AKTA',
  fatherName: 'AKTA',
  birthOrder: 'AKTA',
  aktaNumber: 'AKTA',
  childStatus: 'KK',
  address: 'KK',
  guardian: 'PENETAPAN_PENGADILAN',
  everMarried: 'BUKU_NIKAH',
}
export const RECORD_FIELDS = Object.keys(DECIDES) as readonly RecordField[]

/**
 * - `BERLAKU`: this value is shown.
 * - `SEJALAN`: says the same, as far as it is known.
 * - `LAMA`: gave way: to the same agency's later word, or to the paper that decides.
 * - `BERBEDA`: another agency's word against it, and no paper that decides: both stand, an officer's task.
 */
export const STANDINGS = ['BERLAKU', 'SEJALAN', 'LAMA', 'BERBEDA'] as const
type Standing = (typeof STANDINGS)[number]

/** One value of one field, where it came from, and what it counts for. */
export interface Provenance<Field extends RecordField = RecordField> {
  readonly field: Field
  readonly value: Said[Field]
  readonly statement: Statement
  readonly standing: Standing
}

type Told<Field extends RecordField> = Pick<Provenance<Field>, 'field' | 'value' | 'statement'>

/**
 * Everything that was ever said of one field, the value that stands first (ID-05). It is the one of the paper that
 * decides; else an officer's word; else the registry's own; else the latest. Where agencies disagree and no paper
 * decides, both stand until an officer's word: it stands above all the officer had before them, papers too, until a
 * paper that decides comes which they had not. Any other new word against it stands beside it, an officer's task again.
 */
export function weigh<Field extends RecordField>(
  field: Field,
  statements: readonly Statement[],
): readonly Provenance<Field>[] {
  const said = statements.flatMap((statement): Told<Field>[] => {
    const value: Said[Field] | undefined = statement.said[field]
    return value === undefined ? [] : [{ field, value, statement }]
  })
  const weighed = weighedByOfficers(field, said)
  const told = said
    .map((one) => ({ ...one, rank: rankOf(field, one.statement, weighed.has(one.statement)) }))
    .toSorted((one, other) => one.rank - other.rank || byTime(other.statement, one.statement))
  const [first] = told
  if (first === undefined) return []
  const heard = new Set<string>()
  return told.map(({ rank, ...one }) => {
    const { agency, ruling } = one.statement
    // The registry may say something new after its officer's word.
    const voice = ruling === null ? agency : `${agency}'s officer`
    const latest = !heard.has(voice)
    heard.add(voice)
    const countsAgainst = latest && !weighed.has(one.statement) && (first.rank > 0 || rank === 0)
    return { ...one, standing: standingOf(one, first, countsAgainst) }
  })
}

/**
 * What an officer had before them when they spoke. Whoever says the same again, the same agency from the same paper,
 * says nothing new: a school sends its list every half-year.
 */
function weighedByOfficers<Field extends RecordField>(
  field: Field,
  told: readonly Told<Field>[],
): ReadonlySet<Statement> {
  const ids = new Set(told.flatMap(({ statement }) => statement.ruling?.weighed ?? []))
  const heard = told.filter(({ statement }) => ids.has(statement.id) && statement.ruling === null)
  const isRepeated = ({ statement, value }: Told<Field>): boolean =>
    statement.ruling === null &&
    heard.some(
      (one) =>
        one.statement.agency === statement.agency &&
        one.statement.paper === statement.paper &&
        agree(field, one.value, value),
    )
  return new Set(told.filter((one) => ids.has(one.statement.id) || isRepeated(one)).map(({ statement }) => statement))
}

function standingOf<Field extends RecordField>(one: Told<Field>, first: Told<Field>, countsAgainst: boolean): Standing {
  if (one.statement === first.statement) return 'BERLAKU'
  if (agree(one.field, one.value, first.value)) return 'SEJALAN'
  return countsAgainst ? 'BERBEDA' : 'LAMA'
}

/**
 * 0: by the paper that decides; 1: an officer's word; 2: the registry's own word; 3: anybody's. What an officer weighed
 * counts as a mere word from then on, whatever paper it came from.
 */
function rankOf(field: RecordField, { paper, agency, ruling }: Statement, weighed: boolean): number {
  if (!weighed && isDecidedBy(field, paper)) return 0
  if (!weighed && ruling !== null) return 1
  return agency === 'DUKCAPIL' ? 2 : 3
}

/** Whether this is the paper that settles the value by itself. */
export function isDecidedBy(field: RecordField, paper: StatedPaper | null): boolean {
  return paper === DECIDES[field]
}

function byTime(one: Statement, other: Statement): number {
  if (one.statedOn !== other.statedOn) return one.statedOn < other.statedOn ? -1 : 1
  return Temporal.Instant.compare(one.recordedAt, other.recordedAt) || (one.id < other.id ? -1 : 1)
}

/** In the order in which the registry learnt of them. */
function byRecording(one: Statement, other: Statement): number {
  return Temporal.Instant.compare(one.recordedAt, other.recordedAt) || (one.id < other.id ? -1 : 1)
}

/** The values that stand, of those that were ever said. */
export function decideRecord(statements: readonly Statement[]): Partial<Said> {
  const standing = RECORD_FIELDS.map((field) => [field, weigh(field, statements)[0]?.value] as const)
  // Each value is of its own field; TypeScript cannot follow entries.
  return Object.fromEntries(standing.filter(([, value]) => value !== undefined)) as Partial<Said>
}

/** How far two estimates of a birth year may lie apart and still be the same guess [D]. */
const ESTIMATE_YEARS = 2
const LENGTH = { HARI: 10, BULAN: 7, TAHUN: 4 } as const

/** Whether two values say the same, as far as both are known: names by their keys (ID-20), dates by precision (ID-22). */
export function agree<Field extends RecordField>(field: Field, one: Said[Field], other: Said[Field]): boolean {
  return AGREE[field](one, other)
}

const same = <T>(one: T, other: T): boolean => one === other
const sameText = (one: string, other: string): boolean => squeezed(one) === squeezed(other)
const squeezed = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
const sameWhereKnown = (one: string | null, other: string | null): boolean =>
  one === null || other === null || sameText(one, other)

const AGREE: { readonly [Field in RecordField]: (one: Said[Field], other: Said[Field]) => boolean } = {
  name: mayBeSameName,
  motherName: mayBeSameName,
  fatherName: mayBeSameName,
  guardian: (one, other) => mayBeSameName(one.name, other.name),
  birthDate: sameBirthDate,
  birthPlace: sameText,
  aktaNumber: sameText,
  sex: same,
  childStatus: same,
  birthOrder: same,
  everMarried: same,
  address: (one, other) =>
    one.kelurahan === other.kelurahan && sameWhereKnown(one.rt, other.rt) && sameWhereKnown(one.rw, other.rw),
}

function sameBirthDate(one: Said['birthDate'], other: Said['birthDate']): boolean {
  if (one.precision === 'TAKSIRAN' || other.precision === 'TAKSIRAN') {
    return Math.abs(Number(one.date.slice(0, 4)) - Number(other.date.slice(0, 4))) <= ESTIMATE_YEARS
  }
  const known = Math.min(LENGTH[one.precision], LENGTH[other.precision])
  return one.date.slice(0, known) === other.date.slice(0, known)
}

/** An address, and the day from which the registry was told that the child lives there. */
export type Residence = Said['address'] & { readonly since: string }

/** Where the child lived, oldest first: the address that stood after each statement, once for as long as it stood. */
export function residences(statements: readonly Statement[]): readonly Residence[] {
  const told = statements.filter(({ said }) => said.address !== undefined).toSorted(byRecording)
  const known: Residence[] = []
  for (const at of told.keys()) {
    const [standing] = weigh('address', told.slice(0, at + 1))
    const last = known.at(-1)
    if (standing === undefined || (last !== undefined && agree('address', last, standing.value))) continue
    known.push({ ...standing.value, since: standing.statement.statedOn })
  }
  return known
}

/** What the mother is called whom nobody knows, as an akta of a foundling does it (EC-12). */
const UNKNOWN = new Set(['TIDAKDIKETAHUI', 'TAKDIKETAHUI', 'TIDAKADA'])

/** Whether this stands for "nobody knows who": a foundling's parent (EC-12). No name to match anybody by. */
export const isUnknownParent = (name: string): boolean => UNKNOWN.has(squeezed(name))
