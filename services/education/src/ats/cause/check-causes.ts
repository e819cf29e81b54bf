import { ATS_OPDS, ATS_REASONS, type AtsOpd } from '@satuanak/contracts'
import {
  type Checked,
  fields,
  given,
  list,
  type Notice,
  oneOf,
  optional,
  problem,
  text,
  uuid,
} from '@satuanak/domain-kit'
import type { Wanted } from './domain.ts'
import type { OpdsOf } from './domain-reasons.ts'

/** One cause as it comes. */
interface CauseInput {
  readonly reason: string
  readonly primary: boolean
  /** The usual OPD of the reason unless said. */
  readonly opd?: string | null | undefined
  readonly note?: string | null | undefined
}

export interface MapAtsCauses {
  readonly requestId: string
  readonly recordId: string
  readonly causes: readonly CauseInput[]
}

/** The form of TUN-07: each cause by its list, then what holds between them (TUN-R5). */
export function checkCauses({ recordId, causes }: MapAtsCauses, opdsOf: OpdsOf) {
  const limits = { rule: 'TUN-R5', max: ATS_REASONS.length }
  return fields(
    { recordId: uuid(recordId), causes: list(causes, (cause) => checkCause(cause as CauseInput, opdsOf), limits) },
    (value) => together(value.causes),
  )
}

function checkCause(input: CauseInput, opdsOf: OpdsOf): Checked<Wanted> {
  const checked = fields(
    {
      reason: oneOf(input.reason, ATS_REASONS, { rule: 'DOMAIN-4.2' }),
      primary: given(input.primary),
      opd: optional(input.opd, (opd) => oneOf(opd, ATS_OPDS, { rule: 'TUN-07' })),
      note: optional(input.note, (note) => text(note, { rule: 'AT-08', max: 500, multiline: true })),
    },
    (cause) => contradictions(cause, opdsOf[cause.reason]),
  )
  if (!checked.ok) return checked
  const { reason, opd } = checked.value
  return { ...checked, value: { ...checked.value, opd: opd ?? opdsOf[reason][0] ?? null } }
}

function contradictions({ reason, opd, note }: Wanted, opds: readonly AtsOpd[]): Notice[] {
  const other = reason === 'A13'
  const wrong = [
    other && opd !== null && BAPPERIDA_DECIDES,
    other && note === null && SAY_WHAT,
    !other && note !== null && NOTE_OF_ANOTHER,
    !other && opd !== null && !opds.includes(opd) && notOf(reason, opds),
  ]
  return wrong.filter((notice) => notice !== false)
}

function together(causes: readonly Wanted[]): Notice[] {
  const reasons = new Set(causes.map(({ reason }) => reason))
  return [
    ...(causes.filter(({ primary }) => primary).length === 1 ? [] : [ONE_PRIMARY]),
    ...(reasons.size === causes.length ? [] : [EACH_ONCE]),
  ]
}

const BAPPERIDA_DECIDES = problem(
  'DOMAIN-4.2',
  {
    id: 'OPD untuk penyebab lainnya (A13) ditetapkan Bapperida. Kosongkan OPD-nya.',
    en: 'Bapperida decides the agency of another cause (A13). Leave the agency empty.',
  },
  'opd',
)
const SAY_WHAT = problem(
  'AT-08',
  {
    id: 'Tuliskan apa penyebabnya, karena Anda memilih lainnya (A13).',
    en: 'Write down what the cause is, for you chose another one (A13).',
  },
  'note',
)
const NOTE_OF_ANOTHER = problem(
  'AT-08',
  {
    id: 'Keterangan hanya untuk penyebab lainnya (A13). Kosongkan.',
    en: 'Words belong to another cause (A13) only. Leave them out.',
  },
  'note',
)
const notOf = (reason: string, opds: readonly AtsOpd[]) =>
  problem(
    'TUN-07',
    { id: `${reason} ditangani oleh: ${opds.join(', ')}.`, en: `${reason} is answered by: ${opds.join(', ')}.` },
    'opd',
  )
const ONE_PRIMARY = problem(
  'TUN-R5',
  { id: 'Tandai tepat satu penyebab sebagai yang utama.', en: 'Mark exactly one cause as the primary one.' },
  'causes',
)
const EACH_ONCE = problem('TUN-R5', { id: 'Sebutkan tiap penyebab satu kali.', en: 'Name each cause once.' }, 'causes')
