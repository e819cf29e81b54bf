import { lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findChildFiles } from '../identity/find-child-files.ts'
import { type CorrectedField, correctable, dueOf } from './domain.ts'
import { findCorrectionsOf, saveCorrectionInTx } from './repository.ts'

export interface KeepCorrection {
  readonly childId: ChildId
  /** All ids of the child. */
  readonly ids: readonly ChildId[]
  /** What SIAK has otherwise than the akta, whoever found it. */
  readonly fields: readonly string[]
  readonly aktaNumber: string
}

/**
 * Writes the note of a correction (DOC-12), of what the registry can tell SIAK and what no other note waits to tell it.
 * Permission is the caller's to measure.
 * @returns the note's id; null where nothing is left to tell.
 */
export async function keepCorrectionInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { childId, ids, fields, aktaNumber }: KeepCorrection,
): Promise<string | null> {
  await lockChildrenInTx(tx, ids)
  const earlier = await findCorrectionsOf(tx, ids)
  const waiting = new Set(earlier.flatMap((note) => (note.state === 'MENUNGGU' ? note.fields : [])))
  const person = (await findChildFiles(app, tx, [childId])).get(childId)?.persons[0]
  const left = person ? correctable(person, fields).filter((field) => !waiting.has(field)) : []
  return left.length === 0 ? null : saveNoteInTx(app, tx, caller, { childId, fields: left, aktaNumber })
}

interface NewNote {
  readonly childId: ChildId
  readonly fields: readonly CorrectedField[]
  readonly aktaNumber: string
}

/** @returns the note's id. */
export async function saveNoteInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { childId, fields, aktaNumber }: NewNote,
): Promise<string> {
  const requestedAt = app.now()
  const corrected = [...new Set(fields)].toSorted()
  const dueAt = dueOf(app.calendar, requestedAt)
  const note = { id: app.newId<string>(), childId, fields: corrected, aktaNumber, requestedAt, dueAt }
  await saveCorrectionInTx(tx, note, caller)
  await audit(tx, caller, 'siak.correct', [childId], { fields: corrected.join('+') })
  return note.id
}
