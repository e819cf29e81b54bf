import type { ChildId } from '@satuanak/contracts'
import { date, fields, given, optional, orRefuse, parseRegionCode, problem, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { lockedChildFileFor } from '../identity/find-child-files.ts'
import { CLOSED_STATES, type DuplicateStepCode, earliestStep, nextSteps } from './domain.ts'
import { DuplicateStepNotTaken, KtpDuplicateNotFound } from './errors.ts'
import { closeDuplicatesInTx, findOpenDuplicate, saveDuplicateStepInTx } from './repository.ts'

export interface RecordDuplicateStep {
  readonly requestId: string
  readonly childId: string
  readonly step: DuplicateStepCode
  /** Code of the kabupaten or kota whose Dukcapil recorded first, `33.26`; as it was where it is left out. */
  readonly office?: string | null | undefined
  /** `2026-11-23`, the local day on which it was done. */
  readonly on: string
}

/**
 * Writes down what was done about a duplicate record: asked the Dukcapil of the first record to delete it, moved the
 * child in, or found that the card is there (KT-03, RF-21). That the centre finds the record unique comes by its status.
 * @returns the case's id.
 * @throws InvalidInput, ChildNotFound, KtpDuplicateNotFound, DuplicateStepNotTaken, NotPermitted, RequestIdReused.
 */
export async function recordDuplicateStep(
  app: RegistryApp,
  caller: Caller,
  command: RecordDuplicateStep,
): Promise<string> {
  const { value } = orRefuse(
    fields({
      childId: uuid<ChildId>(command.childId),
      step: given(command.step),
      office: optional(command.office, (input) => parseRegionCode(input, { level: 'regency' })),
      on: date(command.on, { rule: 'RF-21', latest: app.today() }),
    }),
  )
  return app.once(caller, { name: 'recordDuplicateStep', ...command, input: command }, async (tx) => {
    const { childId, step, on } = value
    const { group } = await lockedChildFileFor(app, tx, { caller, permission: 'ktp.status.record', childId })
    const found = await findOpenDuplicate(tx, group.ids)
    if (found === null) throw new KtpDuplicateNotFound()
    const next = nextSteps(found.state)
    if (!next.includes(step)) throw new DuplicateStepNotTaken(next)
    const office = value.office?.dotted ?? found.office
    orRefuse(
      fields({ on: date(on, { rule: 'RF-21', earliest: earliestStep(found), latest: app.today() }) }, () =>
        office === null ? [WHICH_OFFICE] : [],
      ),
    )
    const done = { id: app.newId<string>(), step, office, doneOn: on, by: caller.subject, at: app.now() }
    await saveDuplicateStepInTx(tx, found.id, done)
    if (isEnd(step)) await closeDuplicatesInTx(tx, [{ childId, state: step }], app.now())
    await audit(tx, caller, 'ktp.status.record', [childId], { duplicate: step })
    return found.id
  })
}

const isEnd = (step: DuplicateStepCode): boolean => CLOSED_STATES.some((state) => state === step)

const WHICH_OFFICE = problem(
  'RF-21',
  {
    id: 'Isi kode kabupaten/kota Dukcapil yang merekam lebih dahulu, misalnya 33.26; SIAK menampilkannya.',
    en: 'Give the code of the kabupaten or kota whose Dukcapil recorded first, as 33.26; SIAK shows it.',
  },
  'office',
)
