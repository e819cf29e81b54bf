import type { ChildId } from '@satuanak/contracts'
import {
  agree,
  isDecidedBy,
  RECORD_FIELDS,
  type RecordField,
  type Ruling,
  type Said,
  type StatedPaper,
  type Statement,
  weigh,
} from './domain.ts'
import { AktaDecides, ParticularNotDisputed, StatementNotFound } from './errors.ts'

/**
 * How a disagreement ends: the agencies say the same again; the paper that decides spoke; an officer did; the record is
 * shown under another's id, and what is still in question stands there; the link that brought it was taken back.
 */
const ENDS = ['SEPAKAT', 'DOKUMEN', 'PETUGAS', 'DITAUTKAN', 'DIPISAHKAN'] as const
export type End = (typeof ENDS)[number]

/** A value on which agencies disagree, since when. */
export interface Dispute {
  readonly id: string
  readonly personId: ChildId
  readonly field: RecordField
  readonly openedAt: Temporal.Instant
}

/** The list as it is, and what is said by now of the person under all ids. */
export interface Question {
  /** The id under which the person is shown. */
  readonly personId: ChildId
  readonly statements: readonly Statement[]
  /** Open ones under any of the ids. */
  readonly open: readonly Dispute[]
  /** Whether a link has just been taken back. */
  readonly split: boolean
}

export interface Answer {
  /** `since`: where it was in question before, under another id. */
  readonly opened: readonly { readonly field: RecordField; readonly since: Temporal.Instant | null }[]
  readonly closed: readonly { readonly id: string; readonly closedAs: End }[]
}

/** What is to be opened and closed so that each value on which agencies disagree is open once (ID-05). */
export function decideDisputes({ personId, statements, open, split }: Question): Answer {
  const disputed = new Set(RECORD_FIELDS.filter((field) => isDisputed(field, statements)))
  const stays = ({ personId: id, field }: Dispute) => id === personId && disputed.has(field)
  const kept = new Set(open.filter(stays).map(({ field }) => field))
  const opened = [...disputed]
    .filter((field) => !kept.has(field))
    .map((field) => ({ field, since: earliest(open.filter((one) => one.field === field)) }))
  const closed = open
    .filter((one) => !stays(one))
    .map(({ id, personId: under, field }) => {
      if (under !== personId) return { id, closedAs: 'DITAUTKAN' as const }
      return { id, closedAs: split ? ('DIPISAHKAN' as const) : endOf(field, statements) }
    })
  return { opened, closed }
}

/** Another agency's word stands against the one that is shown, and nothing decides between them. */
export function isDisputed(field: RecordField, statements: readonly Statement[]): boolean {
  return weigh(field, statements).some(({ standing }) => standing === 'BERBEDA')
}

function earliest(disputes: readonly Dispute[]): Temporal.Instant | null {
  const [first] = disputes.map(({ openedAt }) => openedAt).toSorted(Temporal.Instant.compare)
  return first ?? null
}

function endOf(field: RecordField, statements: readonly Statement[]): End {
  const first = weigh(field, statements)[0]?.statement
  if (first?.ruling) return 'PETUGAS'
  return first && isDecidedBy(field, first.paper) ? 'DOKUMEN' : 'SEPAKAT'
}

/** What an officer says is so: what one statement says of the field, or a value of the officer's own. */
export interface Choice {
  readonly field: RecordField
  readonly statementId: string | null
  /** Of the field alone; empty where a statement is chosen. */
  readonly said: Partial<Said>
  /** What the officer has in hand; null: what the chosen value was copied from. */
  readonly paper: StatedPaper | null
  readonly ground: string
}

/** The officer's word as a statement: all that is said of the field by now is weighed in it. */
export interface Settled {
  readonly said: Partial<Said>
  readonly paper: StatedPaper | null
  readonly ruling: Ruling
}

/**
 * An officer's word on one value. Of a birth date the officer chooses between what akta say, and says nothing else once
 * one has spoken (ID-05).
 * @throws StatementNotFound, AktaDecides, ParticularNotDisputed.
 */
export function settle(statements: readonly Statement[], choice: Choice): Settled {
  const { field, statementId, ground } = choice
  const told = weigh(field, statements)
  const chosen = told.find(({ statement }) => statement.id === statementId)
  if (statementId !== null && chosen === undefined) throw new StatementNotFound()
  const said: Partial<Said> = chosen ? { [field]: chosen.value } : choice.said
  if (said.birthDate !== undefined) refuseAgainstAkta(statements, said.birthDate)
  if (!isDisputed(field, statements)) throw new ParticularNotDisputed()
  const behind = chosen ?? told.find(({ standing, value }) => standing !== 'LAMA' && says(field, said, value))
  return {
    said,
    paper: choice.paper ?? behind?.statement.paper ?? null,
    ruling: { ground, weighed: told.map(({ statement }) => statement.id) },
  }
}

function says<Field extends RecordField>(field: Field, said: Partial<Said>, value: Said[Field]): boolean {
  const own: Said[Field] | undefined = said[field]
  return own !== undefined && agree(field, own, value)
}

function refuseAgainstAkta(statements: readonly Statement[], { date, precision }: Said['birthDate']): void {
  const akta = weigh('birthDate', statements).filter(
    ({ statement, standing }) => statement.paper === 'AKTA' && standing !== 'LAMA',
  )
  // To the day: "2013" agrees with an akta of 2 March, but it says less.
  const isWritten = akta.some(({ value }) => value.date === date && value.precision === precision)
  if (akta.length > 0 && !isWritten) throw new AktaDecides()
}
