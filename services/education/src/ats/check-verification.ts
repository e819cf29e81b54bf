import {
  accepted,
  date,
  fields,
  given,
  type Notice,
  oneOf,
  optional,
  type Parsed,
  parseNpsn,
  problem,
  refused,
  uuid,
} from '@satuanak/domain-kit'
import { CHECK_METHODS, CHECK_RESULTS, type CheckResult } from './domain.ts'
import { OUTCOMES, type Outcome } from './domain-states.ts'

export interface VerifyAtsRecord {
  readonly requestId: string
  readonly recordId: string
  readonly fieldCheck: {
    readonly date: Temporal.PlainDate
    readonly method: string
    readonly result: string
    /** Account of whoever went there; the caller unless said. */
    readonly volunteer?: string | null | undefined
  }
  readonly outOfSchool: boolean
  /** Why not, where `outOfSchool` is false. */
  readonly outcome?: string | null | undefined
  /** The school that was asked, with V01. */
  readonly npsn?: string | null | undefined
}

/** The form of TUN-04 to TUN-06: each field by its own rule, then what contradicts itself. */
export function checkVerification(command: VerifyAtsRecord, today: Temporal.PlainDate) {
  const { fieldCheck, outOfSchool, outcome, npsn } = command
  return fields(
    {
      recordId: uuid(command.recordId),
      fieldCheck: fields({
        date: date(fieldCheck.date, { rule: 'TUN-R2', earliest: today.subtract({ years: 1 }), latest: today }),
        method: oneOf(fieldCheck.method, CHECK_METHODS, { rule: 'TUN-R2' }),
        result: oneOf(fieldCheck.result, CHECK_RESULTS, { rule: 'TUN-R2' }),
        volunteer: optional(fieldCheck.volunteer, account),
      }),
      outOfSchool: given(outOfSchool),
      outcome: optional(outcome, (code) => oneOf(code, OUTCOMES, { rule: 'DOMAIN-4.2' })),
      npsn: optional(npsn, parseNpsn),
    },
    (value) => contradictions({ ...value, result: value.fieldCheck.result, npsn: value.npsn !== null }),
  )
}

interface Said {
  readonly outOfSchool: boolean
  readonly outcome: Outcome | null
  readonly result: CheckResult
  /** Whether a school was named. */
  readonly npsn: boolean
}

function contradictions({ outOfSchool, outcome, result, npsn }: Said): Notice[] {
  const notFound = result === 'TIDAK_DITEMUKAN'
  const wrong = [
    outOfSchool && outcome !== null && OUTCOME_OF_ABSENT,
    !outOfSchool && outcome === null && NO_OUTCOME,
    outcome === 'V01' && !npsn && NO_SCHOOL,
    outcome !== 'V01' && npsn && SCHOOL_OF_ABSENT,
    outcome === 'V06' && !notFound && FOUND_AFTER_ALL,
    outOfSchool && notFound && NOBODY_SAYS_SO,
  ]
  return wrong.filter((notice) => notice !== false)
}

const OUTCOME_OF_ABSENT = problem(
  'DOMAIN-4.2',
  {
    id: 'Anak dinyatakan tidak sekolah, tetapi hasil V01–V11 diisi. Kosongkan hasilnya, atau ubah pernyataannya.',
    en: 'The child is said to be out of school, yet an outcome V01–V11 is given. Leave it empty, or change the statement.',
  },
  'outcome',
)
const NO_OUTCOME = problem(
  'DOMAIN-4.2',
  {
    id: 'Pilih alasan mengapa anak ini bukan ATS: V01 sampai V11.',
    en: 'Choose why the child is not out of school: V01 to V11.',
  },
  'outcome',
)
const NO_SCHOOL = problem(
  'EC-18',
  {
    id: 'Isi NPSN sekolah tempat anak ini bersekolah, setelah ditanyakan ke sekolahnya.',
    en: 'Give the NPSN of the school the child goes to, after asking that school.',
  },
  'npsn',
)
const SCHOOL_OF_ABSENT = problem(
  'EC-18',
  {
    id: 'NPSN hanya diisi bila anak ternyata bersekolah (V01). Kosongkan, atau pilih V01.',
    en: 'An NPSN belongs to a child who does go to school (V01). Leave it empty, or choose V01.',
  },
  'npsn',
)
const FOUND_AFTER_ALL = problem(
  'AT-04',
  {
    id: 'Hasil V06 berarti anak tidak ditemukan. Sesuaikan hasil kunjungan, atau pilih hasil lain.',
    en: 'V06 means that the child was not found. Correct the result of the visit, or choose another outcome.',
  },
  'fieldCheck.result',
)
const NOBODY_SAYS_SO = problem(
  'TUN-R2',
  {
    id: 'Kunjungan tidak menemukan siapa pun, jadi belum dapat dinyatakan tidak sekolah. Kunjungi lagi, atau pilih V06.',
    en: 'Nobody was found, so it cannot be said that the child is out of school. Visit again, or choose V06.',
  },
  'fieldCheck.result',
)

const LONGEST_ACCOUNT = 200

/** An account's code. A NIK in its place, however its digits are parted, would end up in the record (ID-09). */
function account(input: unknown): Parsed<string> {
  const raw = typeof input === 'string' ? input.slice(0, LONGEST_ACCOUNT + 1) : ''
  const isCode = raw.length <= LONGEST_ACCOUNT && /^[\x21-\x7e]+$/.test(raw) && !/\d(?:[.-]?\d){15}/.test(raw)
  if (isCode) return accepted(raw, raw)
  return refused(raw, 'TUN-R2', {
    id: 'Isi kode akun relawan, tanpa spasi. Jangan NIK atau nama.',
    en: 'Give the volunteer’s account code, without spaces. Neither a NIK nor a name.',
  })
}
