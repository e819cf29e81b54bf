import type { ChildId } from '@satuanak/contracts'
import { aktaText, fields, list, oneOf, orRefuse, problem, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { lockedChildFileFor } from '../identity/find-child-files.ts'
import { verificationsKept } from '../nik-verification/verify-niks.ts'
import { CORRECTED_FIELDS, type CorrectedField } from './domain.ts'
import { CorrectionWaits, NotDifferent } from './errors.ts'
import { saveNoteInTx } from './keep-correction.ts'
import { findCorrectionsOf } from './repository.ts'
import { sendCorrections } from './send-corrections.ts'

export interface CorrectSiakByAkta {
  readonly requestId: string
  readonly childId: string
  readonly fields: readonly CorrectedField[]
  readonly aktaNumber: string
}

/**
 * Has SIAK corrected by the akta where it was found to differ (BLG-05, RF-22): on the spot, or as soon as SIAK is back.
 * The note of it stays (DOC-12); what SIAK is to say is taken from the registry when it is sent.
 * @returns the correction's id.
 * @throws InvalidInput, ChildNotFound, NotDifferent, CorrectionWaits, NotPermitted, RequestIdReused.
 */
export async function correctSiakByAkta(app: RegistryApp, caller: Caller, command: CorrectSiakByAkta): Promise<string> {
  const { value } = orRefuse(
    fields(
      {
        childId: uuid<ChildId>(command.childId),
        fields: list(command.fields, (field) => oneOf(field, CORRECTED_FIELDS, { rule: 'BLG-05' }), {
          rule: 'BLG-05',
          max: CORRECTED_FIELDS.length,
        }),
        aktaNumber: aktaText(command.aktaNumber),
      },
      ({ fields: chosen }) => (chosen.length > 0 ? [] : [NOTHING]),
    ),
  )
  const kept = (await verificationsKept(app, [value.childId])).get(value.childId)
  const id = await app.once(caller, { name: 'correctSiakByAkta', ...command, input: command }, async (tx) => {
    const file = await lockedChildFileFor(app, tx, { caller, permission: 'siak.correct', childId: value.childId })
    const earlier = await findCorrectionsOf(tx, file.group.ids)
    if (earlier.some(({ state }) => state === 'MENUNGGU')) throw new CorrectionWaits()
    if (!value.fields.every((field) => kept?.differing.includes(field))) throw new NotDifferent()
    return saveNoteInTx(app, tx, caller, value)
  })
  // SIAK is outside the house: it hears of it once the note is written, outside its transaction.
  await sendCorrections(app, [id])
  return id
}

const NOTHING = problem(
  'BLG-05',
  {
    id: 'Pilih sedikitnya satu data yang diperbaiki.',
    en: 'Choose at least one thing to be corrected.',
  },
  'fields',
)
