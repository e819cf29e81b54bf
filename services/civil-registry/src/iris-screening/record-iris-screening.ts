import type { ChildId } from '@satuanak/contracts'
import { date, fields, given, optional, orRefuse, parseNik, problem, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { lockedChildFileFor } from '../identity/find-child-files.ts'
import { linkNikInTx } from '../identity/issue-nik.ts'
import type { IrisOutcome } from './domain.ts'
import { saveScreeningInTx } from './repository.ts'

export interface RecordIrisScreening {
  readonly requestId: string
  readonly childId: string
  /** `2026-11-23`, the local day. */
  readonly screenedOn: string
  readonly outcome: IrisOutcome
  /** The NIK that the centre matched, with TERIDENTIFIKASI and only then. */
  readonly nik?: string | null | undefined
}

/**
 * An officer writes down what a screening by iris came to (RF-20): the act and its outcome, no biometrics (KT-04). Who
 * was identified gets the NIK that was matched, in custody, as if issued.
 * @throws InvalidInput, ChildNotFound, NikAlreadyIssued, NikTaken, NotPermitted, RequestIdReused.
 */
export async function recordIrisScreening(
  app: RegistryApp,
  caller: Caller,
  command: RecordIrisScreening,
): Promise<ChildId> {
  const { value } = orRefuse(
    fields(
      {
        childId: uuid<ChildId>(command.childId),
        screenedOn: date(command.screenedOn, { rule: 'RF-20', earliest: FIRST_KTP_EL, latest: app.today() }),
        outcome: given(command.outcome),
        nik: optional(command.nik, (input) => parseNik(input, { today: app.today() })),
      },
      ({ outcome, nik }) => ((outcome === 'TERIDENTIFIKASI') === (nik !== null) ? [] : [MATCHED]),
    ),
  )
  return app.once(caller, { name: 'recordIrisScreening', ...command, input: command }, async (tx) => {
    const { childId, nik, outcome, screenedOn } = value
    await lockedChildFileFor(app, tx, { caller, permission: 'iris.record', childId })
    const screening = { id: app.newId<string>(), childId, outcome, screenedOn }
    await saveScreeningInTx(tx, screening, { by: caller.subject, at: app.now() })
    await audit(tx, caller, 'iris.record', [childId], { outcome })
    if (nik !== null) await linkNikInTx(app, tx, caller, { childId, nik: nik.digits, requestId: command.requestId })
    return childId
  })
}

/** The first irises were recorded with the first KTP-el, in 2011 [K-h]. */
const FIRST_KTP_EL = Temporal.PlainDate.from('2011-01-01')

const MATCHED = problem(
  'RF-20',
  {
    id: 'Isi NIK yang cocok bila anak teridentifikasi, dan hanya bila demikian.',
    en: 'Give the NIK that was matched where the child was identified, and only then.',
  },
  'nik',
)
