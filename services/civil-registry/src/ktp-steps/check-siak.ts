import type { ChildId, KtpSiakField } from '@satuanak/contracts'
import { fields, given, list, type Notice, orRefuse, problem } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { keepSiakAnswerInTx, noteQuestionInTx, type SiakCheck } from '../ktp-session/keep-siak-answer.ts'
import { stepChecks, takeStepInTx } from '../ktp-session/work-pupil.ts'
import { type NikVerification, verificationsKept, verifyNiks } from '../nik-verification/verify-niks.ts'
import type { AtSchool } from './domain.ts'

export interface CheckSiak extends AtSchool {
  /** What the officer sees at SIAK's own terminal; null has the register asked. */
  readonly matches: boolean | null
  /** What SIAK has otherwise than the akta, as the officer sees it; none where they match. */
  readonly mismatches: readonly KtpSiakField[]
  /** False where the officer finds nobody by the NIK at the terminal (BLG-R2). */
  readonly nikFound: boolean
}

/**
 * BLG-04: SIAK against the akta. The register is asked, and its answer is the outcome; without a NIK the pupil waits for
 * one (BLG-R2). Where the register is silent, or knows nobody by the NIK, the pupil stays where it is and the officer may
 * say what the terminal shows: nothing ever waits for SIAK. With the officer's word stays what the register is known to
 * have said, and where the two differ the akta decides (ID-05).
 * @throws InvalidInput, and as `takeStepForPupil`.
 */
export async function checkSiak(app: RegistryApp, caller: Caller, command: CheckSiak): Promise<string> {
  const { matches, mismatches, nikFound, requestId } = command
  const chosen = list(mismatches, (field) => given(field as KtpSiakField), { rule: 'BLG-04', max: 8 })
  const { value } = orRefuse(
    fields({ ...stepChecks(command, app.now()), mismatches: chosen }, (checked) =>
      contradictions({ matches, nikFound, mismatches: checked.mismatches }),
    ),
  )
  const { sessionId, childId, startedAt } = value
  const isAsked = matches === null && nikFound
  const said = isAsked ? await askRegister(app, caller, value) : await knownOf(app, childId)
  const decided = isAsked
    ? byRegister(said)
    : byOfficer(nikFound ? (matches ? 'COCOK' : 'TIDAK_COCOK') : 'NIK_TIDAK_ADA', value.mismatches, said)
  return app.once(caller, { name: 'checkSiak', requestId, input: command }, async (tx) => {
    const { outcome, siak, siakFields } = decided
    if (outcome === null) {
      await keepSiakAnswerInTx(app, tx, caller, { sessionId, childId, siak })
      return sessionId
    }
    const entry = { step: 'BLG-04', outcome, startedAt, endedAt: app.now(), officer: caller.subject } as const
    const finding = { siak, siakFields }
    await takeStepInTx(app, tx, caller, { sessionId, childId, entry, finding, correlationid: requestId })
    return sessionId
  })
}

/** What the register said; `NO_NIK` where there is nothing to ask by, null where it was not asked. */
type Said = NikVerification | 'NO_NIK' | null

async function askRegister(
  app: RegistryApp,
  caller: Caller,
  of: { readonly sessionId: string; readonly childId: ChildId },
): Promise<Said> {
  const { sessionId, childId } = of
  // The register is outside the house: asked once the question is written down, outside its transaction.
  const isToBeAsked = await app.inTransaction((tx) => noteQuestionInTx(app, tx, caller, { sessionId, childId }))
  return isToBeAsked ? ((await verifyNiks(app, [childId])).get(childId) ?? 'NO_NIK') : null
}

const knownOf = async (app: RegistryApp, childId: ChildId): Promise<Said> =>
  (await verificationsKept(app, [childId])).get(childId) ?? null

interface Decided {
  /** Null where the answer decides nothing. */
  readonly outcome: 'COCOK' | 'TIDAK_COCOK' | 'NIK_TIDAK_ADA' | null
  readonly siak: SiakCheck
  readonly siakFields: readonly KtpSiakField[]
}

const UNKNOWN = { source: null, verdict: null, differing: [] } as const satisfies SiakCheck

function byRegister(said: Said): Decided {
  if (said === 'NO_NIK') return { outcome: 'NIK_TIDAK_ADA', siak: UNKNOWN, siakFields: [] }
  const { verdict, differing, source } = said ?? { ...UNKNOWN, verdict: 'MENUNGGU_VERIFIKASI' }
  const isAnswer = verdict === 'COCOK' || verdict === 'TIDAK_COCOK'
  const siak = { source: isAnswer ? source : null, verdict, differing }
  return { outcome: isAnswer ? verdict : null, siak, siakFields: differing }
}

function byOfficer(outcome: Decided['outcome'], siakFields: readonly KtpSiakField[], said: Said): Decided {
  const { verdict, differing } = said === null || said === 'NO_NIK' ? UNKNOWN : said
  return { outcome, siak: { source: 'PETUGAS', verdict, differing }, siakFields: [...new Set(siakFields)] }
}

type Word = Pick<CheckSiak, 'matches' | 'mismatches' | 'nikFound'>

function contradictions({ matches, mismatches, nikFound }: Word): Notice[] {
  if (!nikFound) return matches === null && mismatches.length === 0 ? [] : [NOTHING_TO_COMPARE]
  return (matches === false) === mismatches.length > 0 ? [] : [CONTRADICTION]
}

const CONTRADICTION = problem(
  'BLG-04',
  {
    id: 'Bila cocok, atau bila SIAK hendak ditanya, kosongkan daftar perbedaan; bila tidak cocok, pilih data yang berbeda dari akta.',
    en: 'Where they match, or SIAK is to be asked, leave the differences empty; where they do not match, choose what differs from the akta.',
  },
  'mismatches',
)
const NOTHING_TO_COMPARE = problem(
  'BLG-R2',
  {
    id: 'NIK yang tidak ada di SIAK tidak dapat dibandingkan. Kosongkan hasil cocok dan daftar perbedaan.',
    en: 'A NIK that is not in SIAK cannot be compared. Leave out whether it matches, and the differences.',
  },
  'nikFound',
)
