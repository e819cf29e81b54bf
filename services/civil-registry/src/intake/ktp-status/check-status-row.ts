import { accepted, fields, instant, type Notice, optional, type Parsed, parseNik, text } from '@satuanak/domain-kit'
import { type Cell, lettersLost, type RowProblem, toProblem } from '@satuanak/intake-kit/rows'
import { type Coding, FIRST_KTP_EL, type FileStatus, fileStatus } from '../../ktp-recording/file-status.ts'
import { isoOf, type StatusCells } from './domain.ts'

/** A row as it may be taken in. */
export interface StatusRow {
  readonly nik: string
  readonly status: FileStatus
  /** Null where the row does not say: a day is its beginning in the office's zone. */
  readonly at: Temporal.Instant | null
  readonly origin: string | null
}

/** The row, or why it may not go in. */
export type CheckedStatusRow =
  | { readonly row: StatusRow; readonly problems?: never }
  | { readonly row: null; readonly problems: readonly RowProblem[] }

/** By what a row is measured. */
export interface Measure {
  readonly coding: Coding
  readonly now: Temporal.Instant
  readonly today: Temporal.PlainDate
  /** IANA zone of the office (EC-65). */
  readonly zone: string
}

/** The field of a check and the column an officer finds it in. */
const COLUMN_OF_FIELD = { nik: 'NIK', status: 'STATUS', at: 'TGL_STATUS', origin: 'SUMBER' } as const

/**
 * Checks a row of a file of statuses, all columns at once: its NIK as everywhere, with what spreadsheets do to numbers
 * (ID-02 to ID-07), its status by the file's coding (KT-01, KT-02), its date between the first KTP-el and now. What else
 * may be odd about a NIK is not this file's to say: whoever holds it is registered, or is not.
 */
export function checkStatusRow(cells: StatusCells, { coding, now, today, zone }: Measure): CheckedStatusRow {
  const lost = lettersLost(cells)
  if (lost.length > 0) return { row: null, problems: lost }
  const checked = fields({
    nik: parseNik(cells.NIK, { today, whose: 'adult' }),
    status: fileStatus(cells.STATUS, coding),
    at: optional(cells.TGL_STATUS, (cell) => moment(cell as Cell, zone, now)),
    origin: optional(cells.SUMBER, (cell) => text(cell, { rule: 'KT-01', max: 40 })),
  })
  if (!checked.ok) return { row: null, problems: checked.problems.map(placed) }
  const { nik, ...rest } = checked.value
  return { row: { ...rest, nik: nik.digits } }
}

const placed = (notice: Notice): RowProblem =>
  toProblem(notice, COLUMN_OF_FIELD[notice.field as keyof typeof COLUMN_OF_FIELD] ?? null)

/** `2026-11-20`, `20-11-2026 08:30`: in the office's zone, a day from its beginning. */
function moment(cell: Cell, zone: string, now: Temporal.Instant): Parsed<Temporal.Instant> {
  const written = isoOf(cell)
  const at = read(written, zone)
  // What cannot be read goes on as it stands, to be refused in the words of any date.
  const parsed = instant(at ?? written, { rule: 'KT-01', earliest: FIRST_KTP_EL, latest: now })
  return parsed.ok ? accepted(parsed.raw, parsed.value) : parsed
}

function read(written: string | null, zone: string): Temporal.Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$/.test(written ?? '')) return null
  try {
    return Temporal.PlainDateTime.from(String(written).replace(' ', 'T')).toZonedDateTime(zone).toInstant()
  } catch {
    return null // the form is right, the calendar has no such day
  }
}
